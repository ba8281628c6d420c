#!/usr/bin/env node
import { bootstrap } from './bootstrap.mjs'

await bootstrap('cli', process.argv.slice(2))

/** Dark enough to stay apart in a black-and-white copy; a second line is told apart by its dashes as well. */
export const colours = ['#1f4e79', '#c0504d', '#7f7f7f', '#4f8a5b']
export const dashes = ['solid', 'dashed', 'dotted', 'solid'] as const

export const quiet = { lineStyle: { color: '#d9d9d9', width: 0.8 } }
export const axisLine = { show: true, lineStyle: { color: '#555', width: 1 } }

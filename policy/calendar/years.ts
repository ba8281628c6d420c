import { type CalendarYear, readCalendarYear } from './calendar-year.ts'
import y2007 from './years/2007.json' with { type: 'json' }
import y2008 from './years/2008.json' with { type: 'json' }
import y2009 from './years/2009.json' with { type: 'json' }
import y2010 from './years/2010.json' with { type: 'json' }
import y2011 from './years/2011.json' with { type: 'json' }
import y2012 from './years/2012.json' with { type: 'json' }
import y2013 from './years/2013.json' with { type: 'json' }
import y2014 from './years/2014.json' with { type: 'json' }
import y2015 from './years/2015.json' with { type: 'json' }
import y2016 from './years/2016.json' with { type: 'json' }
import y2017 from './years/2017.json' with { type: 'json' }
import y2018 from './years/2018.json' with { type: 'json' }
import y2019 from './years/2019.json' with { type: 'json' }
import y2020 from './years/2020.json' with { type: 'json' }
import y2021 from './years/2021.json' with { type: 'json' }
import y2022 from './years/2022.json' with { type: 'json' }
import y2023 from './years/2023.json' with { type: 'json' }
import y2024 from './years/2024.json' with { type: 'json' }
import y2025 from './years/2025.json' with { type: 'json' }
import y2026 from './years/2026.json' with { type: 'json' }
import y2027 from './years/2027.json' with { type: 'json' }

/** The tables that ship with the product. A bureau adds the next year by importing its table, not by a release. */
export const shippedYears: readonly CalendarYear[] = [
  y2007,
  y2008,
  y2009,
  y2010,
  y2011,
  y2012,
  y2013,
  y2014,
  y2015,
  y2016,
  y2017,
  y2018,
  y2019,
  y2020,
  y2021,
  y2022,
  y2023,
  y2024,
  y2025,
  y2026,
  y2027,
].map(trusted)

function trusted(raw: unknown): CalendarYear {
  const year = readCalendarYear(raw)
  if ('refused' in year) throw new RangeError(`shipped calendar: ${year.refused} ${year.day ?? ''}`)
  return year
}

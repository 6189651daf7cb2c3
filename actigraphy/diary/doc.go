// Package diary is the domain of sleep diaries: when people went to bed and rose, napped or
// took the device off, as they, a study's staff or another program wrote it down.
package diary

// Package people holds what tables tell of participants: variables of a type, values
// by person, repeat visits, and how the people of a table are those of a library. It
// reads no files; package peoplefile does.
package people

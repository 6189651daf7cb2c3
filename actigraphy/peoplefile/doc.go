// Package peoplefile reads tables of participants: it finds the columns that name
// people and visits, and recognises what each other column holds.
package peoplefile

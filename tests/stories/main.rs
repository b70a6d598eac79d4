//! Stories of the whole centre, one file a noun, on real databases, ports and peers. What takes long is in modules
//! whose names begin with `slow_`: `./test --fast` leaves them out.

mod contact;

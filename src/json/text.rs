//! The wire form → JSON text, as [`JSON.parse`] reads it in the browser.
//!
//! In: what serde's derive makes of our types: texts, counts, numbers of 3 decimals, options, lists,
//! structs and names of variants. Out: text. serde_json has no business in the browser, and building
//! objects key by key through serde-wasm-bindgen takes 4 kB more of the module's 80, compressed.
//!
//! [`JSON.parse`]: https://tc39.es/ecma262/#sec-json.parse

use std::fmt;

use serde::ser::{Impossible, Serialize, SerializeSeq, SerializeStruct, Serializer};

/// Writes a value of the wire form. Anything else that serde knows, such as a map, is not in it, and
/// gives a text that breaks off.
pub fn write(value: &impl Serialize) -> String {
    let mut writer = Writer::default();
    let _ = value.serialize(&mut writer);
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
}

type Done = Result<(), fmt::Error>;

impl Writer {
    /// A comma, unless it is the first in its list or object.
    fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), Some(b'[' | b'{')) {
            self.text.push(',');
        }
    }

    fn string(&mut self, string: &str) {
        self.text.push('"');
        for c in string.chars() {
            match c {
                '"' | '\\' => self.text.push('\\'),
                '\0'..'\x20' => {
                    self.text
                        .push_str(if c < '\x10' { "\\u000" } else { "\\u001" });
                    self.text
                        .push(char::from(b"0123456789abcdef"[c as usize & 15]));
                    continue;
                }
                _ => {}
            }
            self.text.push(c);
        }
        self.text.push('"');
    }

    fn number(&mut self, number: u64) {
        if number > 9 {
            self.number(number / 10);
        }
        self.text.push(char::from(b'0' + (number % 10) as u8));
    }
}

impl SerializeSeq for &mut Writer {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        self.separate();
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        self.text.push(']');
        Ok(())
    }
}

impl SerializeStruct for &mut Writer {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Done {
        self.separate();
        self.string(key);
        self.text.push(':');
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        self.text.push('}');
        Ok(())
    }
}

/// Refuses what is not in the wire form.
macro_rules! none_of {
    ($($method:ident($($kind:ty),*) -> $done:ty;)*) => {
        $(fn $method(self, $(_: $kind),*) -> Result<$done, fmt::Error> {
            Err(fmt::Error)
        })*
    };
}

impl Serializer for &mut Writer {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Self;
    type SerializeStruct = Self;
    type SerializeTuple = Impossible<(), fmt::Error>;
    type SerializeTupleStruct = Impossible<(), fmt::Error>;
    type SerializeTupleVariant = Impossible<(), fmt::Error>;
    type SerializeMap = Impossible<(), fmt::Error>;
    type SerializeStructVariant = Impossible<(), fmt::Error>;

    fn serialize_str(self, string: &str) -> Done {
        self.string(string);
        Ok(())
    }

    fn serialize_u64(self, number: u64) -> Done {
        self.number(number);
        Ok(())
    }

    /// A number of 3 decimals and at least 0, as `rounded` makes them.
    fn serialize_f64(self, number: f64) -> Done {
        let thousandths = (number * 1000.0).round() as u64;
        self.number(thousandths / 1000);
        self.text.push('.');
        self.number(thousandths / 100 % 10);
        if !thousandths.is_multiple_of(100) {
            self.number(thousandths / 10 % 10);
        }
        if !thousandths.is_multiple_of(10) {
            self.number(thousandths % 10);
        }
        Ok(())
    }

    fn serialize_i32(self, number: i32) -> Done {
        self.number(number.unsigned_abs().into());
        Ok(())
    }

    fn serialize_u32(self, number: u32) -> Done {
        self.number(number.into());
        Ok(())
    }

    fn serialize_none(self) -> Done {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Done {
        self.string(name);
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        self.text.push('[');
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        self.text.push('{');
        Ok(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Done {
        Err(fmt::Error)
    }

    none_of! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_f32(f32) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }
}

//! The structs of Parquet's footers and page headers, as far as `parquet.thrift` of Apache Parquet knows them.

/// What a value is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Bool,
    Byte,
    /// Of 16, 32 or 64 bits, which are written alike.
    Number,
    Double,
    Binary,
    /// Its fields, from 1 on. Of a union it has one.
    Struct(&'static [Kind]),
    /// The struct [`COLUMN_SCHEMA`].
    Column,
    List(&'static Kind),
    /// Nothing that is known.
    Other(u8),
}

use Kind::{Binary, Bool, Byte, Double, List, Number, Struct};

/// `FileMetaData`.
pub(super) const FOOTER: &[Kind] = &[
    Number,
    List(&Kind::Column),
    Number,
    List(&Struct(ROW_GROUP)),
    List(&Struct(KEY_VALUE)),
    Binary,
    List(&Struct(&[EMPTY, EMPTY])),
    Struct(&[Struct(&[Binary, Binary, Bool]), Struct(&[Binary, Binary, Bool])]),
    Binary,
];

/// `PageHeader`, without the header of an index page, which is empty.
pub(super) const PAGE_HEADER: &[Kind] = &[
    Number,
    Number,
    Number,
    Number,
    Struct(&[Number, Number, Number, Number, Struct(STATISTICS)]),
    EMPTY,
    Struct(&[Number, Number, Bool]),
    Struct(&[Number, Number, Number, Number, Number, Number, Bool, Struct(STATISTICS)]),
];

pub(super) const EMPTY: Kind = Struct(&[]);
const KEY_VALUE: &[Kind] = &[Binary, Binary];
const STATISTICS: &[Kind] = &[Binary, Binary, Number, Number, Binary, Binary, Bool, Bool];
/// `SchemaElement`.
pub(super) const COLUMN_SCHEMA: &[Kind] =
    &[Number, Number, Number, Binary, Number, Number, Number, Number, Number, Struct(LOGICAL_TYPE)];
const TIME: Kind = Struct(&[Bool, Struct(&[EMPTY, EMPTY, EMPTY])]);
const LOGICAL_TYPE: &[Kind] = &[
    EMPTY,
    EMPTY,
    EMPTY,
    EMPTY,
    Struct(&[Number, Number]),
    EMPTY,
    TIME,
    TIME,
    EMPTY,
    Struct(&[Byte, Bool]),
    EMPTY,
    EMPTY,
    EMPTY,
    EMPTY,
    EMPTY,
    Struct(&[Byte]),
    Struct(&[Binary]),
    Struct(&[Binary, Number]),
];
const ROW_GROUP: &[Kind] = &[
    List(&Struct(COLUMN_CHUNK)),
    Number,
    Number,
    List(&Struct(&[Number, Bool, Bool])),
    Number,
    Number,
    Number,
];
const COLUMN_CHUNK: &[Kind] = &[
    Binary,
    Number,
    Struct(COLUMN),
    Number,
    Number,
    Number,
    Number,
    Struct(&[EMPTY, Struct(&[List(&Binary), Binary])]),
    Binary,
];
/// `ColumnMetaData`.
const COLUMN: &[Kind] = &[
    Number,
    List(&Number),
    List(&Binary),
    Number,
    Number,
    Number,
    Number,
    List(&Struct(KEY_VALUE)),
    Number,
    Number,
    Number,
    Struct(STATISTICS),
    List(&Struct(&[Number, Number, Number])),
    Number,
    Number,
    Struct(&[Number, List(&Number), List(&Number)]),
    Struct(&[Struct(&[Double; 8]), List(&Number)]),
];

/// SQL types, the form values take while a statement runs, and their text and binary codecs.
///
/// A [SqlType] is what analysis decides; a [Datum] is one value at run time: a mutable cell that
/// either holds a primitive, or points into the bytes of a row, or (rarely) refers to an object.
/// Operators pass rows as `Datum[]` and fill the same cells again for every row, so the hot path
/// neither boxes nor allocates. What each [TypeKind] stores in a cell is fixed by its [ValueForm].
///
/// Invariants: a cell that points at bytes is valid until the operator that filled it is asked for
/// its next row; who keeps it longer copies ([Datum#copyFrom(Datum)] then [Datum#detach()]). SQL
/// NULL is [Datum#isNull()], never Java null. Text is valid UTF-8 with no zero byte.
@NullMarked
package org.cladedb.types;

import org.jspecify.annotations.NullMarked;

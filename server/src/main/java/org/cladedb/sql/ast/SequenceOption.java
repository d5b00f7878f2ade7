package org.cladedb.sql.ast;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// One option of a sequence or identity column, in the order written.
public sealed interface SequenceOption {
    int position();

    record DataType(TypeName type, int position) implements SequenceOption {}

    record IncrementBy(BigInteger value, int position) implements SequenceOption {}

    /// Null for NO MINVALUE.
    record MinValue(@Nullable BigInteger value, int position) implements SequenceOption {}

    /// Null for NO MAXVALUE.
    record MaxValue(@Nullable BigInteger value, int position) implements SequenceOption {}

    record StartWith(BigInteger value, int position) implements SequenceOption {}

    /// Null to restart at the start value.
    record Restart(@Nullable BigInteger value, int position) implements SequenceOption {}

    record Cache(BigInteger value, int position) implements SequenceOption {}

    record Cycle(boolean cycle, int position) implements SequenceOption {}

    /// `OWNED BY table.column`; null for OWNED BY NONE.
    record OwnedBy(@Nullable QualifiedName column, int position) implements SequenceOption {}

    /// `SEQUENCE NAME name`, of identity columns.
    record SequenceName(QualifiedName name, int position) implements SequenceOption {}

    record Logged(boolean logged, int position) implements SequenceOption {}
}

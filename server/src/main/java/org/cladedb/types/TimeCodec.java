package org.cladedb.types;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// time without time zone.
final class TimeCodec implements TypeCodec {
    private final SqlType type;

    TimeCodec(SqlType type) {
        this.type = type;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        out.setLong(DateTimeInput.time(source, offset, length, context));
        TypeModifiers.apply(out, type, false);
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        DateTimeText.appendTime(out, value.longValue());
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(Long.BYTES, length);
        long micros = BigEndian.getLong(source, offset);
        if (micros < 0 || micros > Intervals.MICROS_PER_DAY) {
            throw new DatabaseException(SqlState.DATETIME_FIELD_OVERFLOW, "time out of range");
        }
        out.setLong(micros);
        TypeModifiers.apply(out, type, false);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        out.writeLong(value.longValue());
    }
}

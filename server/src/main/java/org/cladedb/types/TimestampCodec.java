package org.cladedb.types;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;

/// timestamp with and without time zone.
final class TimestampCodec implements TypeCodec {
    private final SqlType type;
    private final boolean zoned;

    TimestampCodec(SqlType type) {
        this.type = type;
        zoned = type.kind() == TypeKind.TIMESTAMPTZ;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        out.setLong(DateTimeInput.timestamp(source, offset, length, zoned, context));
        TypeModifiers.apply(out, type, false);
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        if (zoned) {
            DateTimeText.appendTimestampTz(out, value.longValue(), context.timeZone(), false);
        } else {
            DateTimeText.appendTimestamp(out, value.longValue(), false);
        }
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(Long.BYTES, length);
        out.setLong(DateTimeInput.requireTimestampRange(BigEndian.getLong(source, offset)));
        TypeModifiers.apply(out, type, false);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        out.writeLong(value.longValue());
    }
}

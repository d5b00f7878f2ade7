package org.cladedb.types;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;

/// interval.
final class IntervalCodec implements TypeCodec {
    private static final int BYTES = 16;

    private final SqlType type;

    IntervalCodec(SqlType type) {
        this.type = type;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        IntervalInput.read(InputText.decode(source, offset, length), type.modifier(), context, out);
        TypeModifiers.apply(out, type, false);
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        IntervalText.append(out, value, context.intervalStyle());
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(BYTES, length);
        out.setInterval(
                BigEndian.getInt(source, offset + 12),
                BigEndian.getInt(source, offset + 8),
                BigEndian.getLong(source, offset));
        TypeModifiers.apply(out, type, false);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        out.writeLong(value.intervalMicros());
        out.writeInt(value.intervalDays());
        out.writeInt(value.intervalMonths());
    }
}

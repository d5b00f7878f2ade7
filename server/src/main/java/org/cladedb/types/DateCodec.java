package org.cladedb.types;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// date.
final class DateCodec implements TypeCodec {
    static final DateCodec INSTANCE = new DateCodec();

    private DateCodec() {}

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        out.setLong(DateTimeInput.date(source, offset, length, context));
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        DateTimeText.appendDate(out, value.longValue());
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(Integer.BYTES, length);
        int days = BigEndian.getInt(source, offset);
        boolean infinite =
                days == DateTimeText.DATE_INFINITY || days == DateTimeText.DATE_NEGATIVE_INFINITY;
        if (!infinite && (days < CivilDate.FIRST_DAY || days > CivilDate.LAST_DAY)) {
            throw new DatabaseException(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range");
        }
        out.setLong(days);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        out.writeInt((int) value.longValue());
    }
}

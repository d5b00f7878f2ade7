package org.cladedb.functions;

import org.cladedb.common.ByteWriter;
import org.cladedb.types.Codecs;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeCodec;

/// The functions that give a value in its binary form, such as `int4send`, and `record_out`.
final class SendFunctions {
    private static final String[] LINES = {
        "array_send(anyarray) bytea stable",
        "boolsend(bool) bytea",
        "bpcharsend(bpchar) bytea stable",
        "byteasend(bytea) bytea",
        "charsend(char) bytea",
        "date_send(date) bytea",
        "float4send(float4) bytea",
        "float8send(float8) bytea",
        "int2send(int2) bytea",
        "int4send(int4) bytea",
        "int8send(int8) bytea",
        "interval_send(interval) bytea",
        "json_send(json) bytea stable",
        "jsonb_send(jsonb) bytea stable",
        "namesend(name) bytea stable",
        "numeric_send(numeric) bytea",
        "oidsend(oid) bytea",
        "record_send(record) bytea stable",
        "regclasssend(regclass) bytea",
        "regtypesend(regtype) bytea",
        "textsend(text) bytea stable",
        "time_send(time) bytea",
        "timestamp_send(timestamp) bytea",
        "timestamptz_send(timestamptz) bytea",
        "uuid_send(uuid) bytea",
        "varcharsend(varchar) bytea stable"
    };

    private SendFunctions() {}

    static void define(Definitions define) {
        for (String line : LINES) {
            define.bound(
                    line,
                    (arguments, _) -> {
                        TypeCodec codec = Codecs.of(arguments.getFirst());
                        return (in, out, context) -> {
                            ByteWriter bytes = new ByteWriter();
                            codec.writeBinary(in[0], context.types(), bytes);
                            out.setBytes(bytes.toByteArray());
                        };
                    });
        }
        define.bound(
                "record_out(record) cstring stable",
                (arguments, _) -> {
                    SqlType type = arguments.getFirst();
                    return (in, out, context) -> {
                        ByteWriter text = new ByteWriter();
                        Codecs.of(type).writeText(in[0], context.types(), text);
                        out.setBytes(text.toByteArray());
                    };
                });
    }
}

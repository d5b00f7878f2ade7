package org.cladedb.functions;

import org.cladedb.common.ByteWriter;
import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.types.Datum;
import org.cladedb.types.JsonbText;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// json_agg, json_object_agg and their jsonb twins: text grows as the rows come.
final class JsonAggregates {
    private JsonAggregates() {}

    static void define(Definitions define) {
        for (String type : new String[] {"json", "jsonb"}) {
            boolean binary = type.equals("jsonb");
            define.aggregate(
                    type + "_agg(anyelement) " + type + " stable lax",
                    (types, _) -> () -> new ArrayText(types.getFirst(), binary));
            define.aggregate(
                    type + "_object_agg(any, any) " + type + " stable lax",
                    (types, _) -> () -> new ObjectText(types.get(0), types.get(1), binary));
        }
    }

    /// What both have in common: the text so far, and how it ends.
    private abstract static sealed class Text implements Accumulator {
        final ByteWriter text = new ByteWriter(256);
        final boolean binary;
        private final String ending;
        boolean empty = true;

        Text(boolean binary, String ending) {
            this.binary = binary;
            this.ending = ending;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (empty) {
                out.setNull();
                return;
            }
            int size = text.size();
            text.writeUtf8(ending);
            if (binary) {
                out.setBytes(JsonbText.canonical(text.array(), 0, text.size()));
            } else {
                out.setBytes(text.toByteArray());
            }
            // More rows may follow: windows ask for the result after every row.
            text.truncate(size);
        }

        @Override
        public long retainedBytes() {
            return text.array().length;
        }
    }

    private static final class ArrayText extends Text {
        private final JsonBuilding.Writer writer;
        private final byte[] separator;

        ArrayText(SqlType type, boolean binary) {
            super(binary, "]");
            writer = new JsonBuilding.Writer(type);
            boolean composite = type.isArray() || type.kind() == TypeKind.RECORD;
            separator = composite ? new byte[] {',', ' ', '\n', ' '} : new byte[] {',', ' '};
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            text.limitedBy(context.memory());
            if (empty) {
                text.writeByte('[');
            } else {
                text.writeBytes(separator);
            }
            empty = false;
            writer.write(arguments[0], context, text);
        }
    }

    private static final class ObjectText extends Text {
        private final JsonBuilding.KeyWriter keyWriter;
        private final JsonBuilding.Writer writer;
        private final SqlType keyType;

        ObjectText(SqlType keyType, SqlType valueType, boolean binary) {
            super(binary, binary ? "}" : " }");
            this.keyType = keyType;
            keyWriter = new JsonBuilding.KeyWriter(keyType);
            writer =
                    new JsonBuilding.Writer(
                            valueType.kind() == TypeKind.UNKNOWN ? SqlType.TEXT : valueType);
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            if (arguments[0].isNull()) {
                throw binary
                        ? Failures.invalidParameter("field name must not be null")
                        : JsonBuilding.nullKey();
            }
            JsonBuilding.rejectKeyType(keyType);
            text.limitedBy(context.memory());
            text.writeUtf8(empty ? "{ " : ", ");
            empty = false;
            keyWriter.write(arguments[0], context, text);
            writer.write(arguments[1], context, text);
        }
    }
}

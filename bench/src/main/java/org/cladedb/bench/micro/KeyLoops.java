package org.cladedb.bench.micro;

import java.util.concurrent.TimeUnit;
import org.cladedb.common.ByteWriter;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.encoding.KeyPart;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Values to key bytes and back.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class KeyLoops {
    private static final KeyPart NUMBER = KeyPart.ascending(SqlType.BIGINT);
    private static final KeyPart TEXT = KeyPart.ascending(SqlType.TEXT);

    private final ByteWriter out = new ByteWriter();
    private final Datum number = new Datum();
    private final Datum text = new Datum();
    private final Datum decoded = new Datum();
    private byte[] key = {};

    /// Prepares a key to decode.
    @Setup
    public void encodeOnce() {
        number.setLong(4_711_000_815L);
        text.setText("grouping");
        encode();
        key = out.toByteArray();
    }

    /// A key of a bigint and a text of eight letters.
    @Benchmark
    public int encode() {
        out.clear();
        KeyCodec.append(out, NUMBER, number);
        KeyCodec.append(out, TEXT, text);
        return out.size();
    }

    /// The same key read.
    @Benchmark
    public int decode() {
        int position = KeyCodec.decode(key, 0, NUMBER, decoded);
        return KeyCodec.decode(key, position, TEXT, decoded);
    }
}

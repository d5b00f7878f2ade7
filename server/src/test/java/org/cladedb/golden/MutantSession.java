package org.cladedb.golden;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.cladedb.common.ByteWriter;
import org.cladedb.pgwire.protocol.RawClient;

/// A client that sends any statement, simply or with parameters of any type and form, and finds
/// nothing wrong with any answer but an error inside the server, silence, or the end.
final class MutantSession implements AutoCloseable {
    private static final String SETTINGS =
            "-c statement_timeout=500ms -c lock_timeout=200ms -c work_mem=4MB";
    private static final String RESET = "ROLLBACK; RESET statement_timeout; RESET lock_timeout";
    private static final int PARAMETERS_MAX = 4;
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "0",
                    "1",
                    "-1",
                    "x",
                    "1.5",
                    "NaN",
                    "{}",
                    "{1,2}",
                    "{a,NULL}",
                    "[1,2)",
                    "2024-02-29",
                    "1 day",
                    "t",
                    "{\"a\": [1]}",
                    "(1,x)",
                    "\\x00ff",
                    "pg_class",
                    "99999999999999999999",
                    "\u00e4\u20ac");

    /// How sessions end that a setting told to, and those that go on while they should copy.
    private static final Set<String> ASKED_FOR =
            Set.of("25P03", "25P04", "57P05", "57P01", "08P01");

    private final int port;
    private final SplittableRandom random;
    private final InternalErrors errors;
    private final List<Integer> typeOids;
    private RawClient client;

    MutantSession(int port, SplittableRandom random, InternalErrors errors, List<Integer> typeOids)
            throws IOException {
        this.port = port;
        this.random = random;
        this.errors = errors;
        this.typeOids = List.copyOf(typeOids);
        client = connected();
    }

    private RawClient connected() throws IOException {
        RawClient connection = new RawClient(port);
        connection.startup(
                3 << 16, "user", "postgres", "database", "postgres", "options", SETTINGS);
        connection.untilReady();
        return connection;
    }

    void simple(String sql) throws IOException {
        client.query(sql);
        answers(sql);
        reset(sql);
    }

    /// Parses, and binds what it then says it needs.
    void extended(String sql) throws IOException {
        int[] types = new int[random.nextInt(PARAMETERS_MAX)];
        for (int i = 0; i < types.length; i++) {
            types[i] = random.nextInt(3) == 0 ? 0 : StatementParts.one(typeOids, random);
        }
        client.parse("", sql, types).describe('S', "").sync();
        int[] needed =
                answers(sql).stream()
                        .filter(answer -> answer.startsWith("t ["))
                        .flatMap(answer -> Arrays.stream(answer.split("[^0-9]+")))
                        .filter(oid -> !oid.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray();
        client.message('B', "", "", values(needed)).describe('P', "");
        client.execute("", random.nextInt(3)).execute("", 0).sync();
        answers(sql + " with parameters of " + Arrays.toString(needed));
        reset(sql);
    }

    private void reset(String sql) throws IOException {
        client.query(RESET);
        answers("ROLLBACK after " + sql);
        if (random.nextInt(40) == 0) {
            client.query("DISCARD ALL");
            answers("DISCARD ALL after " + sql);
        }
    }

    /// The rest of a Bind message: forms and values of parameters, forms of the result.
    private byte[] values(int[] types) {
        ByteWriter forms = new ByteWriter();
        ByteWriter values = new ByteWriter();
        forms.writeShort(types.length);
        values.writeShort(types.length);
        for (int type : types) {
            boolean isBinary = random.nextBoolean();
            forms.writeShort(isBinary ? 1 : 0);
            byte[] value = isBinary ? binary(type) : text();
            if (random.nextInt(10) == 0) {
                values.writeInt(-1);
            } else {
                values.writeInt(value.length);
                values.writeBytes(value);
            }
        }
        values.writeShort(1);
        values.writeShort(random.nextInt(2));
        forms.writeBytes(values.toByteArray());
        return forms.toByteArray();
    }

    private byte[] text() {
        return StatementParts.one(TEXTS, random).getBytes(StandardCharsets.UTF_8);
    }

    /// Bytes that are a value of the type, or were one before some of them changed.
    private byte[] binary(int type) {
        ByteWriter bytes = new ByteWriter();
        switch (type) {
            case 16, 18 -> bytes.writeByte(random.nextInt(3));
            case 21 -> bytes.writeShort(random.nextInt(5));
            case 23, 26, 700, 1082, 2205 -> bytes.writeInt(random.nextInt(100));
            case 20, 701, 790, 1083, 1114, 1184 -> bytes.writeLong(random.nextInt(100));
            case 1186 -> {
                bytes.writeLong(random.nextLong());
                bytes.writeInt(random.nextInt(40));
                bytes.writeInt(random.nextInt(20));
            }
            case 1700 -> {
                bytes.writeShort(1);
                bytes.writeShort(random.nextInt(3));
                bytes.writeShort(0);
                bytes.writeShort(random.nextInt(3));
                bytes.writeShort(random.nextInt(10_000));
            }
            case 1007, 1009, 1016, 1231, 2277 -> {
                bytes.writeInt(random.nextInt(3));
                bytes.writeInt(random.nextInt(2));
                bytes.writeInt(type == 1009 ? 25 : 23);
                bytes.writeInt(1);
                bytes.writeInt(random.nextInt(3));
                bytes.writeInt(4);
                bytes.writeInt(7);
            }
            default -> bytes.writeBytes(text());
        }
        byte[] value = bytes.toByteArray();
        if (value.length > 0 && random.nextInt(3) == 0) {
            value[random.nextInt(value.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(value, random.nextInt(20)) : value;
    }

    private List<String> answers(String sql) throws IOException {
        List<String> answers = new ArrayList<>();
        try {
            client.send();
            String answer;
            do {
                answer = client.next();
                answers.add(answer);
                if (answer.startsWith("G")) {
                    client.message('d', "1\t2\n".getBytes(StandardCharsets.UTF_8));
                    client.message('c').send();
                }
                if (answer.startsWith("E ")) {
                    check(answer, sql);
                }
            } while (!answer.startsWith("Z") && !answer.equals("EOF"));
            if (answer.equals("EOF")) {
                ended(answers, sql);
            }
        } catch (SocketTimeoutException silence) {
            errors.add("no answer: " + stacks(), sql);
            reconnect();
        }
        return answers;
    }

    private void check(String answer, String sql) {
        if (answer.startsWith("E ERROR XX")
                || answer.startsWith("E FATAL XX")
                || answer.contains("org.cladedb")
                || answer.contains("java.")
                || answer.contains("Exception")) {
            errors.add(answer, sql);
        }
    }

    private void ended(List<String> answers, String sql) throws IOException {
        boolean isAskedFor =
                answers.stream()
                        .anyMatch(answer ->
                                answer.startsWith("E FATAL ")
                                        && ASKED_FOR.contains(answer.split(" ", -1)[2]));
        if (!isAskedFor) {
            errors.add("the session ended after " + answers, sql);
        }
        reconnect();
    }

    private void reconnect() throws IOException {
        client.close();
        client = connected();
    }

    /// What this process does while no answer comes.
    private static String stacks() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .map(StackTraceElement::toString)
                .filter(frame -> frame.startsWith("org.cladedb"))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws IOException {
        client.message('X').send();
        client.close();
    }
}

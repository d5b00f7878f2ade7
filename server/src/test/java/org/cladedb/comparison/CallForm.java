package org.cladedb.comparison;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/// A function, an operator or a cast that both databases have, with the types of its arguments.
record CallForm(String kind, String name, List<String> types) {
    private static final String FUNCTIONS =
            """
            SELECT 'function', proname, proargtypes::regtype[]::text FROM pg_proc
            WHERE prokind = 'f' AND NOT proretset AND provolatile <> 'v' AND pronargs > 0 AND prorettype <> 2281
                AND pronamespace = 11
            """;
    private static final String OPERATORS =
            """
            SELECT 'operator', oprname,
                CASE WHEN oprleft = 0 THEN ARRAY[oprright] ELSE ARRAY[oprleft, oprright] END::regtype[]::text
            FROM pg_operator WHERE oprright <> 0
            """;
    private static final String CASTS =
            """
            SELECT 'cast', casttarget::regtype::text, ARRAY[castsource]::regtype[]::text FROM pg_cast
            """;

    /// Functions whose text arguments are of a language of their own: random words test little but
    /// which fault is found first. `timezone` takes nearly any word for a POSIX zone.
    private static final String TEMPLATES =
            "to_char|to_date|to_number|to_timestamp|timezone|regexp_.*|array_to_json";

    /// Functions that tell of the server, the session, the catalog or the platform; or that are
    /// made for the server's own use: input and output, index support, estimates, hashes, binary
    /// forms.
    private static final Pattern EXCLUDED =
            Pattern.compile(
                    "pg_.*|has_.*|"
                            + TEMPLATES
                            + "|.*(in|out|recv|send|support|sel|joinsel|typmodin|typmodout|_sortsupport|_skipsupport)"
                            + "|hash.*|.*hash.*|current_.*|inet_.*|txid_.*|to_reg.*|gin_.*|btint.*|bt.*cmp|btequalimage|in_range"
                            + "|obj_description|shobj_description|col_description|format_type|getdatabaseencoding"
                            + "|set_config|current_setting|row_security_active|timeofday|age|xml.*|.*_to_xml.*"
                            + "|schema_to_.*|table_to_.*|query_to_.*|database_to_.*|cursor_to_.*|nextval|currval|setval"
                            + "|lo.*|be_.*|brin.*|spg.*|gist.*|gts.*|ts.*|lexize|get_bit|numeric_support|binary_upgrade.*"
                            + "|amvalidate|makeaclitem|aclexplode|acldefault|version|sha.*x|.*larger|.*smaller|.*_accum|int._avg.*|.*_combine|.*serialize"
                            + "|repeat|lpad|rpad|generate_.*|unicode_.*|convert_.*|convert|oidvector.*|array_.*selsel|.*_stddev.*|.*_avg.*|.*_sum.*|float8_.*");

    /// The forms whose types have values.
    static List<CallForm> common(Connection real, Connection ours) throws SQLException {
        Set<String> theirs = new TreeSet<>(listed(real).stream().map(CallForm::toString).toList());
        List<CallForm> forms = new ArrayList<>();
        for (CallForm form : listed(ours)) {
            // What carries out an operator is listed, and cannot be called by its name.
            boolean callable = !form.kind.equals("function") || form.isKnown(ours);
            if (callable && theirs.contains(form.toString())) {
                forms.add(form);
            }
        }
        for (CallForm form : operators(real)) {
            if (form.isKnown(ours)) {
                forms.add(form);
            }
        }
        forms.removeIf(CallForm::isUnsupported);
        forms.sort((a, b) -> a.toString().compareTo(b.toString()));
        return forms;
    }

    private static List<CallForm> listed(Connection connection) throws SQLException {
        List<CallForm> forms = new ArrayList<>();
        for (String query : List.of(FUNCTIONS, CASTS)) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    add(forms, rows.getString(1), rows.getString(2), rows.getString(3));
                }
            }
        }
        for (String from : RandomValue.types()) {
            for (String to : RandomValue.types()) {
                forms.add(new CallForm("cast", to, List.of(from)));
            }
        }
        return forms;
    }

    /// Casts between integers and bytea, new in PostgreSQL 18.
    private boolean isUnsupported() {
        boolean bytes = kind.equals("cast") && (name.equals("bytea") || types.contains("bytea"));
        return bytes && (name + types).contains("int");
    }

    private static List<CallForm> operators(Connection real) throws SQLException {
        List<CallForm> forms = new ArrayList<>();
        try (Statement statement = real.createStatement();
                ResultSet rows = statement.executeQuery(OPERATORS)) {
            while (rows.next()) {
                add(forms, rows.getString(1), rows.getString(2), rows.getString(3));
            }
        }
        return forms;
    }

    /// Whether there is such a function or operator at all.
    private boolean isKnown(Connection ours) throws SQLException {
        List<String> nulls = types.stream().map(type -> "NULL::" + type).toList();
        try (Statement statement = ours.createStatement()) {
            statement.execute("SELECT " + applied(nulls));
            return true;
        } catch (PSQLException exception) {
            return !"42883".equals(exception.getSQLState());
        }
    }

    private static void add(List<CallForm> forms, String kind, String name, String types) {
        String list = types.substring(types.indexOf('{') + 1, types.length() - 1);
        List<String> names = new ArrayList<>();
        for (String type : list.split(",", -1)) {
            names.add(shortName(type.replace("\\\"", "'").replace("\"", "").replace("'", "\"")));
        }
        boolean usable = names.stream().allMatch(RandomValue::has);
        usable &= !kind.equals("cast") || RandomValue.has(shortName(name));
        if (usable && !(kind.equals("function") && EXCLUDED.matcher(name).matches())) {
            String plain = kind.equals("cast") ? shortName(name) : name;
            forms.add(new CallForm(kind, plain, names));
        }
    }

    private static String shortName(String type) {
        return switch (type) {
            case "boolean" -> "bool";
            case "smallint" -> "int2";
            case "integer" -> "int4";
            case "bigint" -> "int8";
            case "real" -> "float4";
            case "double precision" -> "float8";
            case "character varying" -> "varchar";
            case "character" -> "bpchar";
            case "time without time zone" -> "time";
            case "time with time zone" -> "timetz";
            case "timestamp without time zone" -> "timestamp";
            case "timestamp with time zone" -> "timestamptz";
            case "integer[]" -> "int4[]";
            case "anyarray", "anycompatiblearray" -> "int4[]";
            case "anyelement", "anycompatible" -> "int4";
            default -> type;
        };
    }

    /// The call with random arguments.
    String call(RandomValue values) {
        return applied(types.stream().map(values::literal).toList());
    }

    private String applied(List<String> arguments) {
        return switch (kind) {
            case "function" -> "pg_catalog.\"" + name + "\"(" + String.join(", ", arguments) + ")";
            case "cast" -> arguments.getFirst() + "::" + name;
            default ->
                    arguments.size() == 1
                            ? name + " " + arguments.getFirst()
                            : arguments.getFirst() + " " + name + " " + arguments.getLast();
        };
    }

    @Override
    public String toString() {
        return kind + " " + name + "(" + String.join(", ", types) + ")";
    }
}

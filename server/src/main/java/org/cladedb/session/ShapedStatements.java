package org.cladedb.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.TypedExpression.Parameter;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.parser.ParsedStatement;
import org.cladedb.sql.parser.StatementShape;
import org.cladedb.sql.parser.StatementShape.Literal;
import org.cladedb.types.Codecs;
import org.cladedb.types.Datum;
import org.cladedb.types.ObjectNames;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeContext;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Plans for texts that differ in their literals only, see [StatementShape]. Owned by the session's
/// thread.
///
/// Whatever does not work out here, as a literal that its type refuses, is nobody's error yet: the
/// text is then prepared as it stands, and that tells what is wrong and where.
final class ShapedStatements {
    private static final int[] NO_TYPES = {};

    /// Narrower ones first.
    private static final List<SqlType> INTEGERS =
            List.of(SqlType.SMALLINT, SqlType.INTEGER, SqlType.BIGINT);

    private final Session session;
    private final PlanCache cache = new PlanCache();

    ShapedStatements(Session session) {
        this.session = session;
    }

    void forgetPlans() {
        cache.clear();
    }

    /// The only statement of `text` with its literals as values, and with a statement of the
    /// transaction begun for it; null when it is to be prepared as it stands.
    @Nullable PreparedStatement prepare(String text) {
        if (session.typed().customPlans()) {
            return null;
        }
        StatementShape shape = StatementShape.of(text);
        if (shape == null) {
            return null;
        }
        String key = shape.key();
        PreparedStatement shared = cache.find(key, NO_TYPES);
        if (shared == null || !isValid(shared)) {
            shared = prepareShared(key, shape);
            cache.keep(key, NO_TYPES, shared);
        }
        if (shared.plan() == null) {
            return null;
        }
        List<Datum> values = values(shape.literals(), shared.parameterTypes());
        return values == null ? null : shared.withLiterals(text, values);
    }

    /// Begins a statement of the transaction for one with a plan.
    private boolean isValid(PreparedStatement shared) {
        QueryPlan plan = shared.plan();
        if (plan == null) {
            return true;
        }
        session.beginStatement();
        return plan.isValidFor(session.transaction().transaction(), session.typed());
    }

    /// One without a plan when the literals cannot be parameters.
    private PreparedStatement prepareShared(String key, StatementShape shape) {
        try {
            List<ParsedStatement> parsed = shape.parse();
            if (parsed.size() == 1 && !parsed.getFirst().deep()) {
                Statement statement = parsed.getFirst().statement();
                if (statement instanceof SelectStatement || statement instanceof ModifyStatement) {
                    List<SqlType> types =
                            shape.literals().stream().map(ShapedStatements::type).toList();
                    PreparedStatement prepared =
                            session.statements().prepare(key, statement, types);
                    QueryPlan plan = prepared.plan();
                    if (plan != null
                            && areFree(types, prepared.parameterTypes())
                            && !isBesideNarrower(plan.analyzed().plan())) {
                        return prepared;
                    }
                }
            }
        } catch (DatabaseException failure) {
            if (failure.state().code().startsWith("5")) {
                throw failure;
            }
        }
        return PreparedStatement.empty(key, List.of());
    }

    private static SqlType type(Literal literal) {
        return switch (literal.kind()) {
            case INTEGER -> SqlType.INTEGER;
            case BIGINT -> SqlType.BIGINT;
            case NUMERIC -> SqlType.NUMERIC;
            case STRING -> SqlType.UNKNOWN;
        };
    }

    /// Whether the value of each literal follows from its text and the type found for it, and from
    /// nothing else, as modifiers of intervals or names in the catalog.
    private static boolean areFree(List<SqlType> declared, List<SqlType> found) {
        for (int i = 0; i < declared.size(); i++) {
            if (declared.get(i).kind() != TypeKind.UNKNOWN) {
                continue;
            }
            boolean free =
                    switch (found.get(i).kind()) {
                        case BOOLEAN,
                                SMALLINT,
                                INTEGER,
                                BIGINT,
                                REAL,
                                DOUBLE,
                                NUMERIC,
                                TEXT,
                                VARCHAR,
                                BPCHAR,
                                NAME,
                                BYTEA,
                                DATE,
                                TIME,
                                TIMESTAMP,
                                TIMESTAMPTZ,
                                UUID,
                                JSON,
                                JSONB ->
                                true;
                        default -> false;
                    };
            if (!free) {
                return false;
            }
        }
        return true;
    }

    /// Whether an integer is compared with one of a narrower type. A literal that fits the narrower
    /// type finds its rows by a key of it; of a parameter nobody knows whether it fits.
    private static boolean isBesideNarrower(LogicalNode plan) {
        boolean[] found = {false};
        LogicalNodes.forEachExpression(
                plan,
                expression -> {
                    if (expression instanceof FunctionCall call && call.arguments().size() == 2) {
                        TypedExpression left = call.arguments().getFirst();
                        TypedExpression right = call.arguments().getLast();
                        found[0] |= isWider(left, right) || isWider(right, left);
                    }
                });
        return found[0];
    }

    private static boolean isWider(TypedExpression literal, TypedExpression other) {
        TypedExpression unsigned =
                literal instanceof FunctionCall minus && minus.arguments().size() == 1
                        ? minus.arguments().getFirst()
                        : literal;
        return unsigned instanceof Parameter
                && INTEGERS.indexOf(literal.type()) > INTEGERS.indexOf(other.type())
                && INTEGERS.contains(other.type());
    }

    /// Null when a literal is none of its type.
    private @Nullable List<Datum> values(List<Literal> literals, List<SqlType> types) {
        TypeContext context = session.types(ObjectNames.NONE);
        List<Datum> values = new ArrayList<>(literals.size());
        try {
            for (int i = 0; i < literals.size(); i++) {
                values.add(value(literals.get(i), types.get(i), context));
            }
        } catch (DatabaseException _) {
            return null;
        }
        return values;
    }

    private static Datum value(Literal literal, SqlType type, TypeContext context) {
        return switch (literal.kind()) {
            case INTEGER, BIGINT -> Datum.ofLong(Long.parseLong(literal.text()));
            case NUMERIC, STRING -> {
                byte[] bytes = literal.text().getBytes(StandardCharsets.UTF_8);
                Datum value = new Datum();
                Codecs.of(type).readText(bytes, 0, bytes.length, context, value);
                yield value;
            }
        };
    }
}

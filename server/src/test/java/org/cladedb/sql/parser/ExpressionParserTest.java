package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.cladedb.sql.parser.Parsing.present;
import static org.cladedb.sql.parser.Parsing.shape;

import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.Expression.ArraySubquery;
import org.cladedb.sql.ast.Expression.Cast;
import org.cladedb.sql.ast.Expression.Exists;
import org.cladedb.sql.ast.Expression.FunctionCall;
import org.cladedb.sql.ast.Expression.InSubquery;
import org.cladedb.sql.ast.Expression.Multiset;
import org.cladedb.sql.ast.Expression.Or;
import org.cladedb.sql.ast.Expression.QuantifiedSubquery;
import org.cladedb.sql.ast.Expression.Quantifier;
import org.cladedb.sql.ast.Expression.RowConstructor;
import org.cladedb.sql.ast.Expression.Star;
import org.cladedb.sql.ast.Expression.StringLiteral;
import org.cladedb.sql.ast.Expression.Subquery;
import org.cladedb.sql.ast.Expression.Subscripted;
import org.cladedb.sql.ast.WindowSpecification;
import org.cladedb.sql.ast.WindowSpecification.Frame;
import org.cladedb.sql.ast.WindowSpecification.FrameBoundKind;
import org.cladedb.sql.ast.WindowSpecification.FrameUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "→",
            quoteCharacter = '`',
            textBlock =
                    """
                    a + b * c                       → (a + (b * c))
                    a - b - c                       → ((a - b) - c)
                    a ^ b ^ c                       → ((a ^ b) ^ c)
                    - a ^ b                         → ((- a) ^ b)
                    -a::int                         → (- (a)::integer)
                    -2::int                         → (- (2)::integer)
                    a || b + c                      → (a || (b + c))
                    @ a + b                         → (@ (a + b))
                    a < b + c = d                   → !
                    a = b = c                       → !
                    a < b < c                       → !
                    a = b IS NULL                   → ((a = b) IS NULL)
                    a IS NULL = b                   → ((a IS NULL) = b)
                    a IS NULL IS NOT NULL           → ((a IS NULL) IS NOT NULL)
                    a IS DISTINCT FROM b IS NULL    → !
                    a ISNULL OR b NOTNULL           → ((a IS NULL) OR (b IS NOT NULL))
                    NOT a = b AND c OR d            → (((NOT (a = b)) AND c) OR d)
                    a OR b AND c OR d               → (a OR (b AND c) OR d)
                    a = NOT b                       → (a = (NOT b))
                    a BETWEEN 1 AND 2 AND b         → (((a >= 1) AND (a <= 2)) AND b)
                    a NOT BETWEEN SYMMETRIC 1 AND 2 → (((a < 1) OR (a > 2)) AND ((a < 2) OR (a > 1)))
                    a LIKE b || c                   → (a ~~ (b || c))
                    a NOT ILIKE 'x' ESCAPE '!'      → (a !~~* like_escape('x', '!'))
                    a LIKE b LIKE c                 → !
                    a SIMILAR TO b                  → (a ~ similar_to_escape(b))
                    a IN (1, 2) = b                 → ((a = ANY (ARRAY[1, 2])) = b)
                    a = 1 IN (1)                    → (a = (1 = 1))
                    a NOT IN (1, 2)                 → (a <> ALL (ARRAY[1, 2]))
                    a OPERATOR(pg_catalog.+) b * c  → (a + (b * c))
                    a OPERATOR(s.@@) b              → (a OPERATOR(s.@@) b)
                    a AT TIME ZONE b || c           → ((a AT TIME ZONE b) || c)
                    a COLLATE "C" < b               → ((a COLLATE "C") < b)
                    a::int[]::text                  → ((a)::integer[])::text
                    a[1][2:3][:]                    → a[1][2:3][:]
                    (a).b.c                         → ((a).b).c
                    (a + b)[1]                      → ((a + b))[1]
                    a IS NOT DISTINCT FROM b        → (NOT (a IS DISTINCT FROM b))
                    a IS NOT TRUE                   → (a IS NOT TRUE)
                    (((1)))                         → 1
                    (1, 2)                          → ROW(1, 2)
                    a = ANY ('{1}')                 → (a = ANY ('{1}'))
                    a NOT LIKE ALL (b)              → (a !~~ ALL (b))
                    a <= SOME (b)                   → (a <= ANY (b))
                    """)
    void precedence(String sql, String expected) {
        if (expected.equals("!")) {
            assertThat(Parsing.report("select " + sql)).startsWith("42601 syntax error at or near");
        } else {
            assertThat(shape(sql)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "→",
            quoteCharacter = '`',
            textBlock =
                    """
                    extract(year from a)          → EXTRACT(year FROM a)
                    EXTRACT('dow' FROM a)         → EXTRACT(dow FROM a)
                    trim(a)                       → TRIM(BOTH FROM a)
                    trim(leading 'x' from a)      → TRIM(LEADING 'x' FROM a)
                    substring(a from 2 for 3)     → SUBSTRING(a FROM 2 FOR 3)
                    substring(a for 3)            → SUBSTRING(a FROM 1 FOR (3)::integer)
                    substring(a, 2)               → "substring"(a, 2)
                    position('a' in b)            → POSITION(('a') IN (b))
                    overlay(a placing b from 1)   → OVERLAY(a PLACING b FROM 1)
                    (a, b) overlaps (c, d)        → ((a, b) OVERLAPS (c, d))
                    current_timestamp(3)          → CURRENT_TIMESTAMP(3)
                    current_date                  → CURRENT_DATE
                    user                          → USER
                    coalesce(a, b)                → COALESCE(a, b)
                    ifnull(a, b)                  → COALESCE(a, b)
                    nullif(a, b)                  → NULLIF(a, b)
                    greatest(a, b)                → GREATEST(a, b)
                    least(a)                      → LEAST(a)
                    cast(a as double precision)   → (a)::double precision
                    date '2012-10-05'             → '2012-10-05'::date
                    interval '1' day to second(2) → '1'::interval day to second(2)
                    timestamp(3) with time zone 'x' → 'x'::timestamp(3) with time zone
                    foo.bar(1, 2) 'x'             → 'x'::foo.bar(1,2)
                    f(a => 1, b := 2)             → f(a => 1, b => 2)
                    f(1, variadic b)              → f(1, VARIADIC b)
                    count(*)                      → count(*)
                    count(distinct a)             → count(DISTINCT a)
                    sum(a order by b desc)        → sum(a ORDER BY b DESC)
                    sum(a) filter (where b)       → sum(a) FILTER (WHERE b)
                    mode() within group (order by a) → mode() WITHIN GROUP (ORDER BY a)
                    s.f()                         → s.f()
                    left(a, 1)                    → "left"(a, 1)
                    array[[1, 2], [3, 4]]         → ARRAY[ARRAY[1, 2], ARRAY[3, 4]]
                    array[]                       → ARRAY[]
                    row()                         → ROW()
                    case a when 1 then 2 else 3 end → CASE a WHEN 1 THEN 2 ELSE 3 END
                    case when a then b end        → CASE WHEN a THEN b END
                    """)
    void calls(String sql, String expected) {
        assertThat(shape(sql)).isEqualTo(expected);
    }

    @Test
    void typesAreResolvedToTheirSystemNames() {
        assertThat(shape("a::int4")).isEqualTo("(a)::integer");
        assertThat(shape("a::char")).isEqualTo("(a)::character(1)");
        assertThat(shape("a::float(24)")).isEqualTo("(a)::real");
        assertThat(shape("a::float(25)")).isEqualTo("(a)::double precision");
        assertThat(shape("a::dec(10, 2)[3][]")).isEqualTo("(a)::numeric(10,2)[]");
        assertThat(shape("a::text array[4]")).isEqualTo("(a)::text[]");
        assertThat(shape("a::national character varying(3)"))
                .isEqualTo("(a)::character varying(3)");
        assertThat(shape("a::\"char\"")).isEqualTo("(a)::\"char\"");
        Cast cast = (Cast) SqlParser.parseExpression("a::int[3][]");
        assertThat(cast.type().name().dotted()).isEqualTo("pg_catalog.int4");
        assertThat(cast.type().arrayDimensions()).containsExactly(3, -1);
        assertThat(Parsing.report("select a::float(54)"))
                .isEqualTo("22023 precision for type float must be less than 54 bits @17");
    }

    @Test
    void positionsAreThoseOfPostgres() {
        assertThat(SqlParser.parseExpression("a + b").position()).isEqualTo(2);
        assertThat(SqlParser.parseExpression("a::int").position()).isEqualTo(1);
        assertThat(SqlParser.parseExpression("cast(a as int)").position()).isZero();
        assertThat(SqlParser.parseExpression("  f(x)").position()).isEqualTo(2);
        assertThat(SqlParser.parseExpression("a is null").position()).isEqualTo(2);
        Cast literal = (Cast) SqlParser.parseExpression("date 'x'");
        assertThat(literal.operand()).isEqualTo(new StringLiteral("x", 5));
    }

    @Test
    void longChainsAreFlat() {
        Expression or = SqlParser.parseExpression("a" + " or a".repeat(10_000));
        assertThat(((Or) or).operands()).hasSize(10_001);
    }

    @Test
    void subqueriesByWhatStandsInTheParentheses() {
        assertThat(SqlParser.parseExpression("((select 1))")).isInstanceOf(Subquery.class);
        assertThat(SqlParser.parseExpression("((select 1) union (select 2))"))
                .isInstanceOf(Subquery.class);
        assertThat(SqlParser.parseExpression("((select 1) + 1)"))
                .isInstanceOf(Expression.BinaryOperator.class);
        assertThat(((RowConstructor) SqlParser.parseExpression("((select 1), 2)")).fields())
                .hasSize(2);
        assertThat(SqlParser.parseExpression("a in ((select 1))")).isInstanceOf(InSubquery.class);
        assertThat(SqlParser.parseExpression("exists ((select 1))")).isInstanceOf(Exists.class);
        assertThat(SqlParser.parseExpression("array(select 1)")).isInstanceOf(ArraySubquery.class);
        assertThat(SqlParser.parseExpression("multiset (select 1)")).isInstanceOf(Multiset.class);
        assertThat(SqlParser.parseExpression("multiset(1)")).isInstanceOf(FunctionCall.class);
        QuantifiedSubquery all =
                (QuantifiedSubquery) SqlParser.parseExpression("(a, b) <> all (values (1, 2))");
        assertThat(all.quantifier()).isEqualTo(Quantifier.ALL);
        assertThat(all.operator().symbol()).isEqualTo("<>");
    }

    @Test
    void stars() {
        assertThat(Parsing.core("select *, t.*, s.t.*, **, t.** from t").items())
                .extracting(item -> ((Star) item.expression()).deep())
                .containsExactly(false, false, false, true, true);
        FunctionCall call = (FunctionCall) SqlParser.parseExpression("count(t.*)");
        assertThat(call.arguments().getFirst().value()).isInstanceOf(Star.class);
    }

    @Test
    void windows() {
        FunctionCall call =
                (FunctionCall)
                        SqlParser.parseExpression(
                                "sum(a) over (w partition by b order by c"
                                        + " range between 1 preceding and unbounded following)");
        WindowSpecification window = present(call.over());
        assertThat(window.name()).isEqualTo("w");
        assertThat(window.reference()).isFalse();
        assertThat(window.partitionBy()).hasSize(1);
        Frame frame = present(window.frame());
        assertThat(frame.unit()).isEqualTo(FrameUnit.RANGE);
        assertThat(frame.start().kind()).isEqualTo(FrameBoundKind.OFFSET_PRECEDING);
        assertThat(frame.end().kind()).isEqualTo(FrameBoundKind.UNBOUNDED_FOLLOWING);
        FunctionCall named = (FunctionCall) SqlParser.parseExpression("rank() over w");
        assertThat(present(named.over()).reference()).isTrue();
        assertThat(Parsing.report("select f() over (rows unbounded following)"))
                .isEqualTo("42P20 frame start cannot be UNBOUNDED FOLLOWING @23");
    }

    @Test
    void subscriptsAndFieldsFollowEachOther() {
        Expression expression = SqlParser.parseExpression("a.b[1].c");
        assertThat(expression).isInstanceOf(Expression.FieldSelection.class);
        assertThat(((Expression.FieldSelection) expression).base()).isInstanceOf(Subscripted.class);
        assertThat(SqlParser.parseExpression("($1).*")).isInstanceOf(Expression.FieldStar.class);
    }

    @Test
    void anExpressionIsTheWholeText() {
        assertThat(List.of(SqlParser.parseExpression("a"))).hasSize(1);
        assertThat(catchThrowable(() -> SqlParser.parseExpression("a b")))
                .hasMessage("syntax error at or near \"b\"");
        assertThat(catchThrowable(() -> SqlParser.parseExpression("")))
                .hasMessage("syntax error at end of input");
    }
}

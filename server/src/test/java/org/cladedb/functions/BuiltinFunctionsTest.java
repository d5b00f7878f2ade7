package org.cladedb.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.junit.jupiter.api.Test;

/// The choice among overloads, and the common types.
class BuiltinFunctionsTest {
    private static final FunctionRegistry REGISTRY = BuiltinFunctions.create();

    private static String operator(String symbol, SqlType... types) {
        FunctionRegistry.Resolved resolved = REGISTRY.resolveOperator(symbol, List.of(types));
        return TypeText.list(resolved.argumentTypes())
                + " -> "
                + TypeText.of(resolved.resultType());
    }

    @Test
    void exactOverloadsWin() {
        assertThat(operator("+", SqlType.INTEGER, SqlType.BIGINT))
                .isEqualTo("integer, bigint -> bigint");
        assertThat(operator("/", SqlType.SMALLINT, SqlType.SMALLINT))
                .isEqualTo("smallint, smallint -> smallint");
    }

    @Test
    void numbersMeetInThePreferredType() {
        assertThat(operator("+", SqlType.NUMERIC, SqlType.INTEGER))
                .isEqualTo("numeric, numeric -> numeric");
        assertThat(operator("*", SqlType.NUMERIC, SqlType.DOUBLE))
                .isEqualTo("double precision, double precision -> double precision");
    }

    @Test
    void unknownLiteralsTakeTheOtherType() {
        assertThat(operator("=", SqlType.DATE, SqlType.UNKNOWN)).isEqualTo("date, date -> boolean");
        assertThat(operator("=", SqlType.VARCHAR, SqlType.UNKNOWN))
                .isEqualTo("text, text -> boolean");
        assertThat(operator("=", SqlType.UNKNOWN, SqlType.UNKNOWN))
                .isEqualTo("text, text -> boolean");
        assertThat(operator("=", SqlType.arrayOf(SqlType.INTEGER), SqlType.UNKNOWN))
                .isEqualTo("integer[], integer[] -> boolean");
    }

    @Test
    void missingOperatorsAreReportedWithTheirTypes() {
        assertThatThrownBy(() -> operator("+", SqlType.INTEGER, SqlType.TEXT))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        exception -> {
                            assertThat(exception.state()).isEqualTo(SqlState.UNDEFINED_FUNCTION);
                            assertThat(exception.fields().hint())
                                    .startsWith("No operator matches the given name");
                        })
                .hasMessage("operator does not exist: integer + text");
    }

    @Test
    void literalsAloneDecideNothing() {
        assertThatThrownBy(() -> operator("+", SqlType.UNKNOWN, SqlType.UNKNOWN))
                .hasMessage("operator is not unique: unknown + unknown");
    }

    @Test
    void noOverloadIsDefinedTwice() {
        assertThat(REGISTRY.functions())
                .extracting(f -> f.name() + "(" + TypeText.list(f.argumentTypes()) + ")")
                .doesNotHaveDuplicates();
        assertThat(REGISTRY.functions())
                .extracting(FunctionDefinition::oid)
                .doesNotHaveDuplicates();
        assertThat(REGISTRY.operators())
                .extracting(f -> f.name() + "(" + TypeText.list(f.argumentTypes()) + ")")
                .doesNotHaveDuplicates();
    }

    @Test
    void missingFunctionsAreReportedWithTheirTypes() {
        assertThatThrownBy(() -> REGISTRY.resolveFunction("foo", List.of(SqlType.INTEGER)))
                .hasMessage("function foo(integer) does not exist");
    }

    @Test
    void commonTypes() {
        assertThat(REGISTRY.commonType(List.of(SqlType.INTEGER, SqlType.NUMERIC)))
                .isEqualTo(SqlType.NUMERIC);
        assertThat(REGISTRY.commonType(List.of(SqlType.UNKNOWN, SqlType.UNKNOWN)))
                .isEqualTo(SqlType.TEXT);
        assertThat(REGISTRY.commonType(List.of(SqlType.UNKNOWN, SqlType.DATE)))
                .isEqualTo(SqlType.DATE);
        assertThat(REGISTRY.commonType(List.of(SqlType.INTEGER, SqlType.TEXT))).isNull();
        SqlType varchar = new SqlType.Scalar(TypeKind.VARCHAR, 14);
        assertThat(REGISTRY.commonType(List.of(varchar, varchar))).isEqualTo(varchar);
    }
}

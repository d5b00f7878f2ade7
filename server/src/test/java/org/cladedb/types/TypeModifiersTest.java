package org.cladedb.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.junit.jupiter.api.Test;

/// The difference between a cast and an assignment; the golden files hold the rest.
final class TypeModifiersTest {
    private static final SqlType VARCHAR_2 = TypeNames.resolve(null, "varchar", List.of(2), null);

    @Test
    void castsCutAndAssignmentsRefuse() {
        Datum value = Datum.ofText("aéx");
        TypeModifiers.apply(value, VARCHAR_2, true);
        assertThat(value.text()).isEqualTo("aé");
        Datum assigned = Datum.ofText("aéx");
        assertThatThrownBy(() -> TypeModifiers.apply(assigned, VARCHAR_2, false))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("value too long for type character varying(2)");
        Datum blanks = Datum.ofText("aé   ");
        TypeModifiers.apply(blanks, VARCHAR_2, false);
        assertThat(blanks.text()).isEqualTo("aé");
    }

    @Test
    void arraysAreChangedElementByElement() {
        SqlType type = SqlType.arrayOf(TypeNames.resolve(null, "numeric", List.of(5, 1), null));
        Datum element = new Datum();
        element.setNumeric(new BigDecimal("1.25"));
        Datum array = new Datum();
        array.setObject(ArrayValue.of(SqlType.NUMERIC, List.of(element, new Datum())));
        TypeModifiers.apply(array, type, false);
        List<Datum> elements = array.arrayValue().elements();
        assertThat(elements.get(0).numericValue()).isEqualTo(new BigDecimal("1.3"));
        assertThat(elements.get(1).isNull()).isTrue();
        assertThat(element.numericValue()).as("the old array").isEqualTo(new BigDecimal("1.25"));
    }
}

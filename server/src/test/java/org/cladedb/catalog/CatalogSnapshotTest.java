package org.cladedb.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.Test;

final class CatalogSnapshotTest {
    @Test
    void namesFollowWhatIsRenamedAlsoWhenExchanged() {
        CatalogSnapshot before =
                CatalogSnapshot.empty().toBuilder()
                        .put(table(20_000, "public", "a"))
                        .put(table(20_010, "public", "b"))
                        .build();
        CatalogSnapshot after =
                before.toBuilder()
                        .put(table(20_000, "public", "b"))
                        .put(table(20_010, "public", "a"))
                        .build();
        assertThat(oid(before, "a")).isEqualTo(20_000);
        assertThat(oid(after, "a")).isEqualTo(20_010);
        assertThat(oid(after, "b")).isEqualTo(20_000);
        assertThat(after.toBuilder().removeTable(20_000).build().object("public", "b")).isNull();
        assertThat(after.object("public", "a_i")).isInstanceOf(Index.class);
    }

    @Test
    void referencesFollowTheirTables() {
        CatalogSnapshot before =
                CatalogSnapshot.empty().toBuilder()
                        .put(table(20_000, "public", "a"))
                        .put(table(20_010, "public", "b", 20_000, 20_000))
                        .put(table(20_020, "public", "c", 20_010))
                        .build();
        Table target = Objects.requireNonNull(before.table(20_000));
        assertThat(before.referencesTo(target)).hasSize(2);
        assertThat(before.referencesTo(Objects.requireNonNull(before.table(20_020)))).isEmpty();
        CatalogSnapshot fewer =
                before.toBuilder().put(table(20_010, "public", "b", 20_000)).build();
        assertThat(fewer.referencesTo(target)).hasSize(1);
        CatalogSnapshot none = before.toBuilder().removeTable(20_010).build();
        assertThat(none.referencesTo(target)).isEmpty();
        assertThat(none.tableOfIndex(20_011)).isNull();
        assertThat(before.tableOfIndex(20_011)).isEqualTo(before.table(20_010));
    }

    @Test
    void objectsOfASchemaAreFoundByIt() {
        CatalogSnapshot catalog =
                CatalogSnapshot.empty().toBuilder()
                        .put(new Schema(19_000, "s"))
                        .put(table(20_010, "s", "a"))
                        .put(table(20_000, "s", "z"))
                        .put(table(20_020, "s2", "b"))
                        .build();
        assertThat(catalog.tablesIn("s").stream().map(Table::name)).containsExactly("z", "a");
        assertThat(catalog.tablesIn("public")).isEmpty();
        assertThat(catalog.schema(19_000)).isEqualTo(catalog.schema("s"));
    }

    @Test
    void differencesAreWhatWasChanged() {
        CatalogSnapshot before =
                CatalogSnapshot.empty().toBuilder()
                        .put(table(20_000, "public", "a"))
                        .put(table(20_010, "public", "b"))
                        .comment(20_000, 0, "one")
                        .build();
        CatalogSnapshot after =
                before.toBuilder()
                        .put(table(20_000, "public", "a"))
                        .removeTable(20_010)
                        .put(table(20_020, "public", "c"))
                        .comment(20_000, 0, "two")
                        .build();
        CatalogDifferences differences = before.differencesTo(after);
        assertThat(differences.tablesBefore().map(Table::name)).containsExactly("b");
        assertThat(differences.tablesAfter().map(Table::name)).containsExactly("c");
        assertThat(differences.comments()).hasSize(1);
        assertThat(differences.views()).isEmpty();
    }

    private static int oid(CatalogSnapshot catalog, String name) {
        return Objects.requireNonNull(catalog.table("public", name)).oid();
    }

    private static Table table(int oid, String schema, String name, int... referenced) {
        List<ForeignKey> keys =
                java.util.Arrays.stream(referenced)
                        .mapToObj(target -> foreignKey(oid + 5, target))
                        .toList();
        return GroupLayout.draft(
                oid,
                schema,
                name,
                List.of(Column.of(1, "id", SqlType.INTEGER)),
                List.of(
                        new Index(
                                oid + 1,
                                name + "_i",
                                0,
                                List.of(),
                                List.of(),
                                false,
                                false,
                                false,
                                null)),
                new Constraints(List.of(), List.of(), keys));
    }

    private static ForeignKey foreignKey(int oid, int target) {
        return new ForeignKey(
                oid,
                "k",
                List.of(1),
                target,
                List.of(1),
                ForeignKey.Action.NO_ACTION,
                ForeignKey.Action.NO_ACTION,
                false,
                false,
                false,
                true,
                true);
    }
}

package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.sql.parser.Parsing.parse;

import org.cladedb.sql.ast.AlterTable;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.sql.ast.AlterTableAction.AddColumn;
import org.cladedb.sql.ast.AlterTableAction.AddConstraint;
import org.cladedb.sql.ast.AlterTableAction.AlterColumnType;
import org.cladedb.sql.ast.AlterTableAction.DropColumn;
import org.cladedb.sql.ast.AlterTableAction.DropConstraint;
import org.cladedb.sql.ast.AlterTableAction.DropGroupingForeignKey;
import org.cladedb.sql.ast.AlterTableAction.SetDefault;
import org.cladedb.sql.ast.AlterTableAction.SetIdentity;
import org.cladedb.sql.ast.AlterTableAction.SetNotNull;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.SchemaStatement.Rename;
import org.cladedb.sql.ast.SchemaStatement.SetSchema;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.sql.ast.TableStatement.AlterSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlterTableParserTest {
    private static AlterTableAction action(String action) {
        return parse(AlterTable.class, "alter table t " + action).actions().getFirst();
    }

    @Test
    void columns() {
        AddColumn add = (AddColumn) action("add column if not exists a int not null default 5");
        assertThat(add.ifNotExists()).isTrue();
        assertThat(add.column().constraints()).hasSize(2);
        assertThat(((AddColumn) action("add a int")).column().name()).isEqualTo("a");
        DropColumn drop = (DropColumn) action("drop if exists a cascade");
        assertThat(drop.ifExists()).isTrue();
        assertThat(drop.behavior()).isEqualTo(DropBehavior.CASCADE);
        AlterColumnType type =
                (AlterColumnType) action("alter a set data type text collate \"C\" using a::text");
        assertThat(type.using()).isNotNull();
        assertThat(type.collation()).isNotNull();
        assertThat(((SetDefault) action("alter a set default 1")).expression()).isNotNull();
        assertThat(((SetDefault) action("alter a drop default")).expression()).isNull();
        assertThat(((SetNotNull) action("alter column a set not null")).notNull()).isTrue();
        assertThat(((SetNotNull) action("alter column a drop not null")).notNull()).isFalse();
        SetIdentity identity =
                (SetIdentity) action("alter a set generated always set start 3 restart");
        assertThat(identity.always()).isTrue();
        assertThat(identity.options()).hasSize(2);
    }

    @Test
    void constraints() {
        AddConstraint add = (AddConstraint) action("add constraint k primary key using index i");
        assertThat(((TableConstraint.Key) add.constraint()).usingIndex()).isEqualTo("i");
        AddConstraint grouping =
                (AddConstraint) action("add grouping foreign key (a) references p not valid");
        TableConstraint.ForeignKey key = (TableConstraint.ForeignKey) grouping.constraint();
        assertThat(key.reference().grouping()).isTrue();
        assertThat(key.attributes().notValid()).isTrue();
        assertThat(((DropConstraint) action("drop constraint if exists k")).ifExists()).isTrue();
        assertThat(
                        ((DropGroupingForeignKey) action("drop grouping foreign key cascade"))
                                .behavior())
                .isEqualTo(DropBehavior.CASCADE);
        assertThat(((DropColumn) action("drop grouping")).column()).isEqualTo("grouping");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validate constraint k",
                "alter constraint k deferrable initially deferred",
                "owner to current_user",
                "enable row level security",
                "no force row level security",
                "disable trigger all",
                "enable always trigger x",
                "replica identity using index i",
                "cluster on i",
                "set without cluster",
                "set (fillfactor = 70)",
                "reset (fillfactor)",
                "set tablespace x",
                "set logged",
                "set access method heap",
                "alter a add generated always as identity",
                "alter a drop identity if exists",
                "alter a set expression as (b + 1)",
                "alter a drop expression",
                "alter a set statistics -1",
                "alter a set storage external",
                "alter a set compression pglz",
                "alter a set (n_distinct = 5)",
                "alter a reset (n_distinct)"
            })
    void otherActions(String action) {
        assertThat(action(action).position()).isEqualTo("alter table t ".length());
    }

    @Test
    void severalActions() {
        AlterTable alter =
                parse(
                        AlterTable.class,
                        "alter table if exists only s.t add a int, drop b, alter c drop default");
        assertThat(alter.ifExists()).isTrue();
        assertThat(alter.only()).isTrue();
        assertThat(alter.actions()).hasSize(3);
        assertThat(Parsing.report("alter table t add a int, rename to b"))
                .isEqualTo("42601 syntax error at or near \"rename\" @26");
    }

    @Test
    void renames() {
        Rename column = parse(Rename.class, "alter table t rename a to b");
        assertThat(column.kind()).isEqualTo(ObjectKind.COLUMN);
        assertThat(column.owner()).isEqualTo(ObjectKind.TABLE);
        assertThat(column.part()).isEqualTo("a");
        assertThat(column.newName()).isEqualTo("b");
        Rename constraint = parse(Rename.class, "alter table t rename constraint a to b");
        assertThat(constraint.kind()).isEqualTo(ObjectKind.CONSTRAINT);
        Rename table = parse(Rename.class, "alter index if exists s.i rename to j");
        assertThat(table.kind()).isEqualTo(ObjectKind.INDEX);
        assertThat(table.object().name().dotted()).isEqualTo("s.i");
        assertThat(parse(SetSchema.class, "alter view v set schema s").schema()).isEqualTo("s");
        assertThat(parse(AlterSequence.class, "alter sequence s restart with 5 owned by none"))
                .satisfies(sequence -> assertThat(sequence.options()).hasSize(2));
    }

    @Test
    void unsupportedActionsAreNamed() {
        assertThat(Parsing.report("alter table t inherit s"))
                .isEqualTo("0A000 ALTER TABLE ... INHERIT is not supported @15");
        assertThat(Parsing.report("alter type t add value 'x'"))
                .isEqualTo("0A000 this form of ALTER TYPE is not supported @7");
    }
}

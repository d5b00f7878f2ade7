package org.cladedb.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Settings settings = new Settings();

    @Test
    void namesIgnoreCase() {
        settings.set("TIMEZONE", "europe/paris", false);
        assertThat(settings.show("timezone")).isEqualTo("Europe/Paris");
    }

    @Test
    void unknownNames() {
        assertThatThrownBy(() -> settings.set("nope", "1", false))
                .hasMessage("unrecognized configuration parameter \"nope\"");
        assertThatThrownBy(() -> settings.show("nope"))
                .hasMessage("unrecognized configuration parameter \"nope\"");
        settings.set("my.own", "1", false);
        assertThat(settings.show("my.own")).isEqualTo("1");
    }

    @Test
    void internalSettingsCannotBeSet() {
        assertThatThrownBy(() -> settings.set("server_version", "1", false))
                .hasMessage("parameter \"server_version\" cannot be changed");
        assertThatThrownBy(() -> settings.set("port", "1", false))
                .hasMessage("parameter \"port\" cannot be changed without restarting the server");
    }

    @Test
    void units() {
        settings.set("statement_timeout", "90s", false);
        assertThat(settings.value("statement_timeout")).isEqualTo("90000");
        assertThat(settings.show("statement_timeout")).isEqualTo("90s");
        settings.set("statement_timeout", "5min", false);
        assertThat(settings.show("statement_timeout")).isEqualTo("5min");
        settings.set("statement_timeout", "1500", false);
        assertThat(settings.show("statement_timeout")).isEqualTo("1500ms");
        settings.set("work_mem", "64MB", false);
        assertThat(settings.value("work_mem")).isEqualTo("65536");
        assertThat(settings.show("work_mem")).isEqualTo("64MB");
        assertThatThrownBy(() -> settings.set("work_mem", "3 parsecs", false))
                .hasMessage("invalid value for parameter \"work_mem\": \"3 parsecs\"");
        assertThatThrownBy(() -> settings.set("work_mem", "1kB", false))
                .hasMessage(
                        "1 kB is outside the valid range for parameter \"work_mem\" (64 kB .."
                                + " 2147483647 kB)");
    }

    @Test
    void booleans() {
        for (String on : List.of("on", "TRUE", "t", "yes", "1")) {
            settings.set("jit", on, false);
            assertThat(settings.show("jit")).isEqualTo("on");
        }
        for (String off : List.of("off", "of", "False", "n", "0")) {
            settings.set("jit", off, false);
            assertThat(settings.show("jit")).isEqualTo("off");
        }
        assertThatThrownBy(() -> settings.set("jit", "o", false))
                .hasMessage("parameter \"jit\" requires a Boolean value");
    }

    @Test
    void enumerations() {
        settings.set("IntervalStyle", "ISO_8601", false);
        assertThat(settings.show("intervalstyle")).isEqualTo("iso_8601");
        assertThatThrownBy(() -> settings.set("intervalstyle", "roman", false))
                .hasMessage("invalid value for parameter \"IntervalStyle\": \"roman\"");
    }

    @Test
    void searchPaths() {
        assertThat(settings.show("search_path")).isEqualTo("\"$user\", public");
        settings.set("search_path", List.of("a", "B c", "public"), false);
        assertThat(settings.show("search_path")).isEqualTo("a, \"B c\", public");
        assertThat(SearchPath.split(settings.show("search_path")))
                .containsExactly("a", "B c", "public");
        settings.set("search_path", "", false);
        assertThat(SearchPath.split(settings.show("search_path"))).isEmpty();
        assertThatThrownBy(() -> settings.set("search_path", "a,,b", false))
                .hasMessageContaining("invalid value for parameter \"search_path\"");
    }

    @Test
    void timeZones() {
        for (String[] pair :
                new String[][] {
                    {"utc", "UTC"},
                    {"3", "<+03>-03"},
                    {"-3.5", "<-03:30>+03:30"},
                    {"EST5", "EST5"},
                    {"est", "EST"},
                    {"europe/berlin", "Europe/Berlin"},
                    {"2.5", "<+02:30>-02:30"},
                    {"GMT-02:00", "GMT-02:00"}
                }) {
            settings.set("timezone", pair[0], false);
            assertThat(settings.show("timezone")).isEqualTo(pair[1]);
        }
        assertThat(TimeZoneSetting.zone("GMT-02:00").offsetSeconds(0)).isEqualTo(7200);
        assertThat(TimeZoneSetting.zone("<+03>-03").offsetSeconds(0)).isEqualTo(10800);
        assertThat(TimeZoneSetting.zone("<+02:30>-02:30").offsetSeconds(0)).isEqualTo(9000);
        assertThat(TimeZoneSetting.zone("EST").offsetSeconds(0)).isEqualTo(-18000);
        assertThatThrownBy(() -> settings.set("timezone", "Mars/Olympus", false))
                .hasMessage("invalid value for parameter \"TimeZone\": \"Mars/Olympus\"");
    }

    @Test
    void dateStyles() {
        settings.set("datestyle", "iso, dmy", false);
        assertThat(settings.show("datestyle")).isEqualTo("ISO, DMY");
        assertThatThrownBy(() -> settings.set("datestyle", "German", false))
                .hasMessageContaining("is not supported");
    }

    @Test
    void encodings() {
        settings.set("client_encoding", "utf-8", false);
        assertThat(settings.show("client_encoding")).isEqualTo("UTF8");
        assertThatThrownBy(() -> settings.set("client_encoding", "klingon", false))
                .hasMessage("invalid value for parameter \"client_encoding\": \"klingon\"");
        assertThatThrownBy(() -> settings.set("client_encoding", "latin1", false))
                .hasMessageContaining("is not supported");
    }

    @Test
    void localValuesEndAndMarksRestore() {
        settings.set("jit", "off", false);
        Settings.Mark mark = settings.mark();
        settings.set("work_mem", "1MB", false);
        settings.set("jit", "on", true);
        assertThat(settings.show("jit")).isEqualTo("on");
        settings.endLocal();
        assertThat(settings.show("jit")).isEqualTo("off");
        assertThat(settings.show("work_mem")).isEqualTo("1MB");
        settings.restore(mark);
        assertThat(settings.show("work_mem")).isEqualTo("4MB");
        settings.reset("jit");
        assertThat(settings.show("jit")).isEqualTo("on");
    }

    @Test
    void everyDefaultIsValid() {
        for (SettingDefinition definition : SettingDefinitions.all()) {
            assertThat(SettingValues.canonical(definition, definition.defaultValue()))
                    .as(definition.name())
                    .isEqualTo(definition.defaultValue());
        }
    }
}

package org.cladedb;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The directions in which packages may use each other, and the seams through which time,
/// randomness, files and threads come in.
///
/// A broken rule is mended in the code. Where the rule itself is wrong, the exception stands here
/// with its reason.
class ArchitectureTest {
    private static final String ROOT = "org.cladedb";

    /// Tools that the seams wrap.
    private static final Set<String> CLOCKS =
            Set.of(
                    "java.lang.System.nanoTime",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.Thread.sleep");

    private static final Set<String> RANDOM =
            Set.of("java.lang.Math.random", "java.util.UUID.randomUUID");

    private static final Set<String> SURROUNDINGS =
            Set.of(
                    "java.lang.System.getenv",
                    "java.lang.System.getProperty",
                    "java.lang.System.getProperties",
                    "java.lang.Boolean.getBoolean",
                    "java.lang.Integer.getInteger",
                    "java.lang.Long.getLong");

    private static final Set<String> THREADS =
            Set.of(
                    "java.lang.Thread.<init>",
                    "java.lang.Thread.ofPlatform",
                    "java.lang.Thread.ofVirtual",
                    "java.lang.Thread.startVirtualThread",
                    "java.util.Timer.<init>");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ArchitectureTest::isProduction)
                    .importPackages(ROOT);

    private static boolean isProduction(Location location) {
        return !location.matches(Pattern.compile(".*(/test-classes/|/test/org/|-tests\\.jar).*"));
    }

    @Test
    void productionClassesAreRead() {
        assertThat(CLASSES).hasSizeGreaterThan(500);
        assertThat(CLASSES.contain(ArchitectureTest.class)).isFalse();
        assertThat(CLASSES.contain(CladeDB.class)).isTrue();
        assertThat(CLASSES.contain("org.cladedb.kv.KeyValueStore")).isTrue();
    }

    @Test
    void packagesUseOnlyWhatIsBelowThem() {
        classes().should(new StandOnPackagesBelow()).check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyStorageAndTransactionsTouchTheStore() {
        noClasses()
                .that(are(outside("kv..", "storage..", "txn", "server")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".kv..")
                .check(CLASSES);
    }

    @Test
    void theProtocolSpeaksToSessionsOnly() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".pgwire..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "java..",
                                "org.jspecify..",
                                ROOT + ".common",
                                ROOT + ".error",
                                ROOT + ".types",
                                ROOT + ".session..",
                                ROOT + ".pgwire.."))
                .check(CLASSES);
    }

    @Test
    void everyPackageIsDocumentedAndNullMarked() {
        for (JavaClass type : CLASSES) {
            JavaPackage home = type.getPackage();
            assertThat(home.isAnnotatedWith(NullMarked.class))
                    .as("package-info of %s has @NullMarked", home.getName())
                    .isTrue();
        }
    }

    @Test
    void onlyTransactionsCommit() {
        noClasses()
                .that(are(outside("kv..", "txn")))
                .should(call("commit a store's transaction", ArchitectureTest::isStoreCommit))
                .check(CLASSES);
    }

    private static boolean isStoreCommit(JavaAccess<?> access) {
        return access.getTarget().getName().equals("commit")
                && resideInAnyPackage(ROOT + ".kv..").test(access.getTargetOwner());
    }

    @Test
    void onlyTheServerReadsItsSurroundings() {
        noClasses()
                .that(are(outside("server")))
                .should(call("read environment or system properties", isOneOf(SURROUNDINGS)))
                .check(CLASSES);
    }

    @Test
    void timeIsPassedIn() {
        noClasses()
                .that(are(outside("common", "server")))
                .should(
                        call(
                                "read the clock",
                                access -> isOneOf(CLOCKS).test(access) || isNow(access)))
                .check(CLASSES);
    }

    /// `Instant.now()`, `LocalDate.now()`, `Clock.systemUTC()` …
    private static boolean isNow(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        return resideInAPackage("java.time").test(access.getTargetOwner())
                && (name.equals("now") || name.startsWith("system"));
    }

    @Test
    void randomnessIsPassedIn() {
        noClasses()
                .that(are(outside("common", "server")))
                .should(
                        call(
                                "make random numbers of its own",
                                access -> isOneOf(RANDOM).test(access) || isUnseeded(access)))
                .check(CLASSES);
    }

    private static boolean isUnseeded(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        return owner.equals("java.util.concurrent.ThreadLocalRandom")
                || (access.getTarget().getName().equals("<init>")
                        && (owner.equals("java.security.SecureRandom")
                                || (owner.equals("java.util.Random")
                                        && access.getTarget().getFullName().endsWith("()"))));
    }

    @Test
    void filesAreReachedThroughOneSeam() {
        noClasses()
                .that(are(outside("kv.io", "server")))
                .should(
                        call(
                                "open files",
                                access -> {
                                    String owner = access.getTargetOwner().getFullName();
                                    return owner.startsWith("java.io.File")
                                            || owner.startsWith("java.io.RandomAccessFile")
                                            || owner.equals("java.nio.file.Files")
                                            || owner.equals("java.nio.channels.FileChannel");
                                }))
                .check(CLASSES);
    }

    @Test
    void threadsAreMadeByTheServer() {
        // The engine's background work is given its loop by the store and ends with it. A sync of a
        // file that was interrupted is done again where nobody interrupts. A deep stack is a thread
        // for which its caller waits.
        noClasses()
                .that(are(outside("server")))
                .and()
                .doNotHaveSimpleName("BackgroundWork")
                .and()
                .doNotHaveSimpleName("RealFile")
                .and()
                .doNotHaveSimpleName("DeepThread")
                .should(
                        call(
                                "make threads",
                                access ->
                                        isOneOf(THREADS).test(access)
                                                || access.getTargetOwner()
                                                        .getFullName()
                                                        .equals("java.util.concurrent.Executors")))
                .check(CLASSES);
    }

    @Test
    void nothingIsReadByReflection() {
        noClasses()
                .should(call("look into classes while running", ArchitectureTest::isReflection))
                .check(CLASSES);
    }

    private static boolean isReflection(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        return owner.startsWith("java.lang.reflect.")
                || (owner.equals("java.lang.Class")
                        && (name.equals("forName")
                                || name.startsWith("getDeclared")
                                || name.endsWith("Method")
                                || name.endsWith("Methods")
                                || name.endsWith("Field")
                                || name.endsWith("Fields")));
    }

    @Test
    void memoryOutsideTheHeapIsTheEngines() {
        noClasses()
                .that(are(outside("kv.io", "kv.embedded")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(CLASSES);
    }

    @Test
    void onlyTheServerPrints() {
        noClasses()
                .that(are(outside("server")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        String[] patterns = new String[packages.length];
        for (int i = 0; i < packages.length; i++) {
            patterns[i] = ROOT + "." + packages[i];
        }
        return DescribedPredicate.not(resideInAnyPackage(patterns));
    }

    private static Predicate<JavaAccess<?>> isOneOf(Set<String> methods) {
        return access ->
                methods.contains(
                        access.getTargetOwner().getFullName() + "." + access.getTarget().getName());
    }

    private static ArchCondition<JavaClass> call(String doing, Predicate<JavaAccess<?>> forbidden) {
        return new ArchCondition<>(doing) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (forbidden.test(access)) {
                        events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
                    }
                }
            }
        };
    }

    /// Holds for a class whose uses of our packages are all in [PackageTable].
    private static final class StandOnPackagesBelow extends ArchCondition<JavaClass> {
        private final PackageTable table = new PackageTable();

        StandOnPackagesBelow() {
            super("use only packages below their own");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            String user = shortName(type);
            if (!table.knows(user)) {
                events.add(
                        SimpleConditionEvent.violated(
                                type, "package " + user + " is not in PackageTable"));
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (isOurs(target) && !table.mayUse(user, shortName(target))) {
                    events.add(
                            SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                }
            }
        }

        private static boolean isOurs(JavaClass type) {
            return type.getPackageName().equals(ROOT)
                    || type.getPackageName().startsWith(ROOT + ".");
        }

        private static String shortName(JavaClass type) {
            String name = type.getPackageName();
            return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
        }
    }
}

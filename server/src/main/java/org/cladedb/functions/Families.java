package org.cladedb.functions;

/// The list of all families of functions. A new family is a file and a line here.
final class Families {
    private Families() {}

    static void defineAll(Definitions define, String version) {
        IntegerOperators.define(define);
        FloatOperators.define(define);
        NumericOperators.define(define);
        ComparisonOperators.define(define);
        MathFunctions.define(define);
        DegreeFunctions.define(define);
        RandomFunctions.define(define);
        NumericFunctions.define(define);
        DateTimeOperators.define(define);
        DateTimeParts.define(define);
        DateTruncation.define(define);
        DateTimeFunctions.define(define);
        DateTimeOverlaps.define(define);
        FormattingFunctions.define(define);
        TextFunctions.define(define);
        TextPadding.define(define);
        ConcatenationFunctions.define(define);
        Quoting.define(define);
        LikeMatching.define(define);
        RegexFunctions.define(define);
        BinaryFunctions.define(define);
        BasicAggregates.define(define);
        SumAggregates.define(define);
        RegressionAggregates.define(define);
        StatisticsAggregates.define(define);
        CollectingAggregates.define(define);
        WindowFunctions.define(define);
        ArrayFunctions.define(define);
        ArrayTextFunctions.define(define);
        SeriesFunctions.define(define);
        JsonAccess.define(define);
        JsonSets.define(define);
        JsonBuilding.define(define);
        JsonEditing.define(define);
        JsonContainment.define(define);
        JsonAggregates.define(define);
        SystemFunctions.define(define, version);
        CatalogFunctions.define(define);
        ObjectFunctions.define(define);
        AccessLists.define(define);
        PrivilegeFunctions.define(define);
        SizeFunctions.define(define);
        SendFunctions.define(define);
        RecordFunctions.define(define);
        BucketFunctions.define(define);
    }
}

/// Arithmetic of numbers with many digits: what the JDK has in one piece, here in pieces.
///
/// A single call of `BigInteger` or `BigDecimal` on numbers of a hundred thousand digits takes
/// long, cannot be stopped, and for some operations (printing, the number of digits, logarithms)
/// needs far more than the answer is worth. [org.cladedb.decimal.LargeIntegers] cuts
/// multiplication, division, roots and common divisors into steps of a few milliseconds, between
/// which it asks whether the statement was stopped; [org.cladedb.decimal.LargeDecimals] does the
/// same for text and scales; [org.cladedb.decimal.Transcendental] computes with as many digits as
/// are asked for and no more.
///
/// Everything is a pure function. Which digits a result has is decided by the callers, in
/// `functions`: these are PostgreSQL's rules, and not known here.
@NullMarked
package org.cladedb.decimal;

import org.jspecify.annotations.NullMarked;

package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Compares and divides JSON numbers of any size exactly, without writing their exponents out. */
final class ExactNumber {

    private static final int DIGITS_OF_A_STEP = 32;

    private ExactNumber() {}

    /** Returns whether a value is a number up to {@code most}. */
    static boolean isAtMost(JsonNode value, int most) {
        return value.isNumber() && decimal(value).compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    /** Compares two numbers as {@link Comparable#compareTo} does. */
    static int compare(JsonNode one, JsonNode other) {
        return isLong(one) && isLong(other)
                ? Long.compare(one.longValue(), other.longValue())
                : decimal(one).compareTo(decimal(other));
    }

    /** Returns a text that is the same for equal numbers. */
    static String plain(JsonNode number) {
        return isLong(number) && number.longValue() % 10 != 0
                ? Long.toString(number.longValue())
                : decimal(number).stripTrailingZeros().toString();
    }

    /** Returns whether a number is divisible without a remainder; {@code divisor} is not 0. */
    static boolean isMultiple(JsonNode number, JsonNode divisor) {
        if (isLong(number) && isLong(divisor)) {
            return number.longValue() % divisor.longValue() == 0;
        }
        var value = decimal(number).stripTrailingZeros();
        var unit = decimal(divisor).stripTrailingZeros();
        var exponent = (long) unit.scale() - value.scale();
        if (value.signum() == 0) {
            return true;
        }
        if (exponent >= 0) { // value = v·10^exponent units of the divisor's last digit
            var modulus = unit.unscaledValue().abs();
            var power = BigInteger.TEN.modPow(BigInteger.valueOf(exponent), modulus);
            return value.unscaledValue().multiply(power).mod(modulus).signum() == 0;
        }
        return false; // The number's last digit is not 0, so that it has more digits after the point than a multiple.
    }

    /** Returns the steps of a comparison or division. */
    static long steps(JsonNode one, JsonNode other) {
        return isLong(one) && isLong(other) ? 0 : digits(one) + digits(other);
    }

    private static long digits(JsonNode number) {
        return isLong(number) ? 1 : 1 + decimal(number).precision() / DIGITS_OF_A_STEP;
    }

    private static boolean isLong(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }

    private static BigDecimal decimal(JsonNode number) {
        return number.decimalValue();
    }
}

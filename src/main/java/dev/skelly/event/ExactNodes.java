package dev.skelly.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Creates nodes such that equal numbers are equal nodes with the same text, however they are written: {@code 100}, {@code 100.0} and {@code
 * 1e2} are the same whole number, and {@code 1.50} is {@code 1.5}. Nothing is rounded. Without state.
 */
public final class ExactNodes extends JsonNodeFactory {

    /** The only instance. */
    public static final ExactNodes INSTANCE = new ExactNodes();

    private static final long serialVersionUID = 1L;

    /* A larger number cannot be stored, and stays as short as it was written. */
    private static final int ZEROS_MAX = 300;

    private ExactNodes() {}

    @Override
    public NumericNode numberNode(byte number) {
        return numberNode((int) number);
    }

    @Override
    public NumericNode numberNode(short number) {
        return numberNode((int) number);
    }

    @Override
    public NumericNode numberNode(long number) {
        return number == (int) number ? numberNode((int) number) : super.numberNode(number);
    }

    @Override
    public ValueNode numberNode(@Nullable BigInteger number) {
        if (number == null) {
            return nullNode();
        }
        return number.bitLength() < Long.SIZE ? numberNode(number.longValue()) : super.numberNode(number);
    }

    @Override
    public NumericNode numberNode(float number) {
        return numberNode(Double.parseDouble(Float.toString(number)));
    }

    @Override
    public NumericNode numberNode(double number) {
        return Double.isFinite(number) && numberNode(BigDecimal.valueOf(number)) instanceof NumericNode exact
                ? exact
                : super.numberNode(number);
    }

    @Override
    public ValueNode numberNode(@Nullable BigDecimal number) {
        if (number == null || number.signum() == 0) {
            return number == null ? nullNode() : numberNode(0);
        }
        var shortest = number.stripTrailingZeros();
        return shortest.scale() <= 0 && shortest.scale() >= -ZEROS_MAX
                ? numberNode(shortest.toBigInteger())
                : super.numberNode(shortest);
    }
}

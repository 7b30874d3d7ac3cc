package belfry.wire;

import org.jspecify.annotations.Nullable;

/**
 * An instance of a structure shape. Generated classes have typed accessors; the codecs use the members' positions, in
 * the order of the service description. Has no {@code toString} that would print values: some are secrets.
 */
public interface Struct {
    /** The member's value, or null where it is absent. */
    @Nullable
    Object getAt(int index);

    /** Sets the member; the value must be of its Java type (see {@link Shape.Kind}). */
    void setAt(int index, @Nullable Object value);
}

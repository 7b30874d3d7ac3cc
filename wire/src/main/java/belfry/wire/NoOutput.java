package belfry.wire;

import org.jspecify.annotations.Nullable;

/** What an operation without an output shape returns. */
public final class NoOutput implements Struct {
    public static final NoOutput INSTANCE = new NoOutput();

    private NoOutput() {}

    @Override
    public @Nullable Object getAt(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public void setAt(int index, @Nullable Object value) {
        throw new IndexOutOfBoundsException(index);
    }
}

package belfry.topics;

/** Whether text messages can be sent, and what the gateway can be told about them. */
public enum TextGateway {
    /** There is none. */
    NONE,
    /** It is told the sender, the number and the text. */
    PLAIN,
    /** It is also told whether a message is {@code Promotional} or {@code Transactional}. */
    TYPED
}

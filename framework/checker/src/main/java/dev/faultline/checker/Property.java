package dev.faultline.checker;

/**
 * A promise that a checker decides.
 *
 * @param id as in claims and reports, such as {@code fence.resource-order}
 * @param summary what it means, one line for people, as a statement of what holds
 */
public record Property(String id, String summary) {}

package io.rtms.access;

/** A resource that asks nobody for a token, because it knows its visitors by other means. All others are for those whom the guard let in. */
public interface OpenDoor {}

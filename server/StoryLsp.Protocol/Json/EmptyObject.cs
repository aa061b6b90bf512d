namespace StoryLsp.Protocol;

/// <summary>An object for which the protocol names no property.</summary>
public sealed record EmptyObject;

namespace StoryLsp.Continuity.Naming;

/// <summary>English articles.</summary>
internal static class Article
{
    /// <summary>A noun with its article: a scene, an item.</summary>
    public static string With(string? noun) => noun is null ? "a container" : ("aeiouAEIOU".Contains(noun[0]) ? "an " : "a ") + noun;
}

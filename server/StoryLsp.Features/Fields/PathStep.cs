namespace StoryLsp.Features.Fields;

/// <summary>A step from a YAML node to one inside it.</summary>
/// <param name="Key">The key, or null for an item of a list.</param>
/// <param name="MappingType">The <c>type</c> that is written in the mapping in which the key stands, or null.</param>
internal readonly record struct PathStep(string? Key, string? MappingType)
{
    /// <summary>A step to an item of a list.</summary>
    public static PathStep Item => new(null, null);
}

using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Rename;

/// <summary>The pictures that <c>image</c> fields name without a link.</summary>
internal static class Pictures
{
    /// <summary>Each with what is written, and the file that is meant.</summary>
    public static IEnumerable<(TextSpan Span, string Written, string File)> Of(Snapshot snapshot, DocumentFacts facts)
    {
        foreach (var container in facts.Containers)
        {
            foreach (var field in container.Fields)
            {
                if (field.Name == "image" && field.Value is YamlScalar { IsNull: false } scalar && !facts.Links.Any(link => link.Span.Overlaps(scalar.Span)) &&
                    snapshot.Files.FindLinked(scalar.Value.Trim(), facts.Path) is { } file && file != facts.Path)
                {
                    yield return (scalar.ContentSpan, scalar.Value.Trim(), file);
                }
            }
        }
    }
}

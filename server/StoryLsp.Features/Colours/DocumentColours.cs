using StoryLsp.Features.Completion;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Colours;

/// <summary>A colour in a document.</summary>
/// <param name="Span">Where it is written, without quotes, in UTF-16 code units.</param>
/// <param name="Colour">The colour.</param>
public sealed record PlacedColour(TextSpan Span, Colour Colour);

/// <summary>A way to write a colour.</summary>
/// <param name="Label">As it reads.</param>
/// <param name="NewText">As it must be written in its place, with quotes where YAML needs them.</param>
public sealed record ColourText(string Label, string NewText);

/// <summary>The colours of a document: the values of fields that a schema calls <c>color</c> or <c>colour</c>.</summary>
public static class DocumentColours
{
    /// <summary>The colours, in order.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<PlacedColour> In(Snapshot snapshot, string path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return snapshot.Document(path) is { } document
            ? [.. Fields(snapshot, document).Select(field => field.Colour is var (colour, _) ? new PlacedColour(field.Value.ContentSpan, colour) : null).OfType<PlacedColour>()]
            : [];
    }

    /// <summary>The ways to write a colour in the place of another, first the way in which that is written; empty where none stands.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="span">Where the other stands.</param>
    /// <param name="colour">The colour.</param>
    public static IReadOnlyList<ColourText> Texts(Snapshot snapshot, string path, TextSpan span, Colour colour)
    {
        if (snapshot.Document(path) is not { } document)
        {
            return [];
        }

        foreach (var (value, found) in Fields(snapshot, document))
        {
            if (value.ContentSpan == span && found is var (_, form))
            {
                var quote = value.Style switch { YamlScalarStyle.DoubleQuoted => '"', YamlScalarStyle.SingleQuoted => '\'', _ => '\0' };
                return
                [
                    // What is plain in a block is not so in braces; a colour in quotes is the same in both.
                    .. Enum.GetValues<ColourForm>().OrderBy(other => other != form).Select(colour.Write).OfType<string>().Select(text => new ColourText(text, YamlText.Write(text, quote, inFlow: true))),
                ];
            }
        }

        return [];
    }

    private static IEnumerable<(YamlScalar Value, (Colour Colour, ColourForm Form)? Colour)> Fields(Snapshot snapshot, Document document)
    {
        if (document.Facts.Kind is DocumentKind.Settings or DocumentKind.Schema)
        {
            yield break;
        }

        foreach (var entry in YamlEntries.In(snapshot, document, new TextSpan(0, document.Text.Length)))
        {
            if (entry.Field is { } field && (field.Name.Equals("color", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("colour", StringComparison.OrdinalIgnoreCase)) &&
                entry.Value is YamlScalar { IsNull: false, Style: YamlScalarStyle.Plain or YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted } value)
            {
                yield return (value, Colour.Parse(value.Value));
            }
        }
    }
}

using StoryLsp.Continuity.Edits;
using StoryLsp.Index;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Naming;

/// <summary>Puts words under <c>names: {ignore: […]}</c> of <c>story.yaml</c>.</summary>
internal static class IgnoredNames
{
    /// <summary>The change; null without a <c>story.yaml</c>, or where the list there is no list.</summary>
    public static WorkspaceChange? Add(Snapshot snapshot, string word)
    {
        if (snapshot.Document(SettingsReader.FileName) is not { Yaml: { } tree } document || tree.Documents.FirstOrDefault()?.Root is not YamlMapping root)
        {
            return null;
        }

        var item = YamlText.Scalar(word);
        return EditOf(document.Text, root, item) is { } edit ? WorkspaceChange.Edit(SettingsReader.FileName, edit) : null;
    }

    private static TextEdit? EditOf(SourceText text, YamlMapping root, string item)
    {
        if (root.Entry("names") is not { } names)
        {
            return EntryEdits.Insert(text, root, "names", $"{{ignore: [{item}]}}");
        }

        if (names.Value is not YamlMapping inner)
        {
            return null;
        }

        return inner.Entry("ignore")?.Value switch
        {
            null => EntryEdits.Insert(text, inner, "ignore", $"[{item}]"),
            YamlSequence { IsFlow: true, Items.Count: > 0 } list => new(new(list.Items[^1].Span.End, 0), ", " + item),
            YamlSequence { IsFlow: true } list => new(new(list.Span.Start + 1, 0), item),
            YamlSequence { Items.Count: > 0 } list => EntryEdits.InsertLine(text, list.Items[^1].Span, LeadOf(text, list.Items[^1]) + item),
            YamlScalar { IsNull: false } one => new(one.Span, $"[{text.Slice(one.Span)}, {item}]"),
            _ => null,
        };
    }

    private static string LeadOf(SourceText text, YamlNode item)
    {
        var line = text.LineStarts[text.GetPosition(item.Span.Start).Line];
        return text.Slice(TextSpan.FromBounds(line, item.Span.Start));
    }
}

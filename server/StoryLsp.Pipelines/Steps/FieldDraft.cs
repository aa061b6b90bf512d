using System.Text.RegularExpressions;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>An answer as the value of a field of a container.</summary>
internal static partial class FieldDraft
{
    public static FileEdits Of(StepScope scope, string field, string answer)
    {
        var document = scope.Document!;
        if (document.Facts.Findings.FirstOrDefault(finding => finding.Code == "yaml/syntax" && scope.Subject!.Fact.Span.Touches(finding.Span.Start)) is { } broken)
        {
            throw ProposalDraft.Nothing($"The attributes of “{scope.Name}” in {document.Path} do not parse (line {document.Text.Lines.GetLine(broken.Span.Start) + 1}), so no field can be written there safely. Mend that first; `storylsp check` says what is wrong.");
        }

        var edit = SynopsisEdit.Of(document, scope.Subject!.Fact, OneLine(answer), ProposalDraft.Reading(scope), field) ?? throw ProposalDraft.Nothing(
            $"There is no place in “{scope.Name}” where a {field} can be written safely. Add a line `{field}:` to its attributes, and run this again.");
        return new(document.Path, [new(edit)]) { Text = document.Text };
    }

    /// <summary>A field of one line without links cannot break the YAML around it or refer to anything, whatever the model wrote.</summary>
    internal static string OneLine(string text)
    {
        text = Wikilink().Replace(text, "$1");
        var words = new string([.. text.Select(unit => char.IsControl(unit) ? ' ' : unit)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var line = string.Join(' ', words).Trim();
        return line.Length > 1 && line[0] == '"' && line[^1] == '"' && line.IndexOf('"', 1) == line.Length - 1 ? line[1..^1].Trim() : line;
    }

    [GeneratedRegex(@"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]", RegexOptions.CultureInvariant)]
    private static partial Regex Wikilink();
}

using System.Text.Json;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>A list of edits, each of words that stand once in their file.</summary>
internal static class EditDrafts
{
    private const int MostEdits = 200;

    public static ProposalRequest Of(StepScope scope, ProposalRequest request, string answer)
    {
        var edits = new Dictionary<string, List<LabelledEdit>>(StringComparer.Ordinal);
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        var named = NamedFiles(scope);

        // The rules' own fixes are no guess.
        double? sure = request.Model.StartsWith("offline", StringComparison.Ordinal) ? 1 : null;
        using var document = JsonDocument.Parse(answer);
        foreach (var entry in document.RootElement.GetProperty("edits").EnumerateArray().Take(MostEdits))
        {
            var (file, old, now) = (TextOf(entry, "file").Trim(), TextOf(entry, "old"), TextOf(entry, "new"));
            var label = TextOf(entry, "why") is { Length: > 0 } why ? why : request.Label;
            var text = ProposalStore.IsInside(file) ? scope.Snapshot.Text(file) : throw ProposalDraft.Unreadable($"`{file}` lies outside of the story.");
            if (text is null ? !MayBeMade(file) : !named.Contains(file))
            {
                throw ProposalDraft.Unreadable($"`{file}` is not to be changed: it is none of the files that the findings name.");
            }

            if (text is null)
            {
                made[file] = old.Length == 0 && !made.ContainsKey(file) ? now : throw ProposalDraft.Unreadable($"There is no file `{file}`, so nothing in it can be replaced.");
                continue;
            }

            var span = PlaceOf(text, file, old);
            now = now.ReplaceLineEndings("\n").Replace("\n", text.DominantLineEnding, StringComparison.Ordinal);
            if (!edits.TryGetValue(file, out var list))
            {
                edits[file] = list = [];
            }

            list.Add(new(new TextEdit(span, now), label, ConfidenceOf(entry) ?? sure));
        }

        return request with
        {
            Edits = [.. edits.Select(file => new FileEdits(file.Key, file.Value) { Text = scope.Snapshot.Text(file.Key) })],
            Files = [.. made.Select(file => new FileDraft(file.Key, null, file.Value))],
        };
    }

    // A repair changes what was found, and never what says who is asked and what is sent.
    private static HashSet<string> NamedFiles(StepScope scope)
    {
        IEnumerable<string> files = scope.HasSubject
            ? [scope.Document!.Path]
            : scope.Asked.SelectMany(found => found.Finding.Related.Select(place => place.Path).Prepend(found.Path));
        return [.. files.Where(file => file != SettingsReader.FileName && DocumentReader.KindOf(file) != DocumentKind.Pipeline)];
    }

    private static bool MayBeMade(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is ".md" or ".yaml" or ".yml" or ".fountain" && file != SettingsReader.FileName && DocumentReader.KindOf(file) is not (DocumentKind.Pipeline or DocumentKind.Schema);

    private static double? ConfidenceOf(JsonElement entry) =>
        entry.TryGetProperty("confidence", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1 ? number : null;

    // Nothing is guessed: the words must stand there, and only there.
    private static TextSpan PlaceOf(SourceText text, string file, string old)
    {
        if (old.Trim().Length == 0)
        {
            throw ProposalDraft.Unreadable($"An edit of `{file}` does not say which words it replaces.");
        }

        foreach (var part in (string[])[old, old.ReplaceLineEndings("\n").Replace("\n", text.DominantLineEnding, StringComparison.Ordinal)])
        {
            if (text.Text.IndexOf(part, StringComparison.Ordinal) is >= 0 and var at)
            {
                return text.Text.IndexOf(part, at + 1, StringComparison.Ordinal) < 0
                    ? new TextSpan(at, part.Length)
                    : throw ProposalDraft.Unreadable($"The words “{Excerpt(old)}” stand in `{file}` more than once. Quote more of what is around them.");
            }
        }

        throw ProposalDraft.Unreadable($"The words “{Excerpt(old)}” do not stand in `{file}`.");
    }

    private static string Excerpt(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 60 ? line : line[..(char.IsHighSurrogate(line[58]) ? 58 : 59)] + "…";
    }

    private static string TextOf(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}

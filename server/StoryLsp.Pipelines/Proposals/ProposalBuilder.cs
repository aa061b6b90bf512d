using System.Security.Cryptography;
using StoryLsp.Index;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals.Differences;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>Makes proposals: hunks by sentence and by entry, of files as they are to be or of edits.</summary>
public static class ProposalBuilder
{
    /// <summary>Shorter sentences are known by their neighbours alone, in UTF-16 code units.</summary>
    private const int ShortestKnownSentence = 24;

    private const string DeletionDoubt = "It removes the whole file. Tick it if you want that.";

    /// <summary>
    /// Makes a proposal. All its hunks together give the text that was asked for, unit by unit; a text with line feeds alone takes the line
    /// ends of the file. It may have no hunks.
    /// </summary>
    /// <exception cref="ProviderException">A path leads out of the story, a file cannot be read, or edits overlap.</exception>
    public static Proposal Build(ProposalRequest request, Snapshot snapshot)
    {
        var parts = new List<FilePart>();
        foreach (var draft in request.Files)
        {
            parts.Add(OfDraft(request, draft, TextOf(snapshot, draft.Path)));
        }

        foreach (var file in request.Edits)
        {
            parts.Add(OfEdits(request, file, file.Text ?? TextOf(snapshot, file.Path)));
        }

        if (parts.GroupBy(part => part.Base.Path, StringComparer.Ordinal).Any(group => group.Count() > 1))
        {
            throw Unreadable("The answer changes one file in two ways. Nothing was changed; try again.");
        }

        var id = 1;
        return new Proposal
        {
            Id = request.Id ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)),
            Run = request.Run,
            Pipeline = request.Pipeline,
            Model = request.Model,
            Provider = request.Provider,
            Label = request.Label,
            Origin = request.Origin,
            Input = request.Input,
            PromptHash = request.PromptHash,
            At = request.At == default ? null : request.At,
            Base = [.. parts.Where(part => part.Hunks.Count > 0).Select(part => part.Base)],
            Hunks = [.. parts.SelectMany(part => part.Hunks).Select(hunk => hunk with { Id = id++ })],
        };
    }

    private static FilePart OfDraft(ProposalRequest request, FileDraft draft, SourceText? today)
    {
        var before = draft.Before is { } given ? SourceText.From(given) : today;
        var start = new BaseFile(draft.Path, before is null ? "" : Convert.ToHexStringLower(before.ContentHash));
        if (draft.After is null)
        {
            var whole = before is null ? null : Hunk.Of(0, draft.Path, before, new(new(0, before.Length), ""), $"{request.Label}: remove {draft.Path}");
            return new(start, whole is null ? [] : [whole with { DeletesFile = true, Doubt = DeletionDoubt, Confidence = draft.Confidence }]);
        }

        var text = before ?? SourceText.Empty;
        var after = LineEndsOf(text, draft.After);
        var edits = before is null ? NewFile.Of(draft.Path, after) : TextDifference.Of(draft.Path, text.Text, after);
        return new(start, [.. edits.Select(edit => HunkOf(draft.Path, text, edit, LabelOf(request.Label, draft.Path, text, edit, before is null, edits.Count), draft.Confidence))]);
    }

    private static FilePart OfEdits(ProposalRequest request, FileEdits file, SourceText? today)
    {
        var text = today ?? throw Unreadable($"The file {file.Path} cannot be read. Nothing was changed.");
        var ordered = file.Edits.OrderBy(edit => edit.Edit.Span.Start).ThenBy(edit => edit.Edit.Span.Length > 0).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            var span = ordered[i].Edit.Span;
            if (span.Start < 0 || span.End > text.Length || (i > 0 && ordered[i - 1].Edit.Span.End > span.Start))
            {
                throw Unreadable($"The answer's edits of {file.Path} overlap. Nothing was changed; try again.");
            }
        }

        return new(new(file.Path, Convert.ToHexStringLower(text.ContentHash)),
            [.. ordered.Where(edit => text.Slice(edit.Edit.Span) != edit.Edit.NewText)
                .Select(edit => WithDoubt(HunkOf(file.Path, text, new(edit.Edit, false), edit.Label ?? request.Label, edit.Confidence), edit.Doubt))]);
    }

    private static Hunk HunkOf(string path, SourceText text, PieceEdit edit, string label, double? confidence)
    {
        var hunk = Hunk.Of(0, path, text, edit.Edit, label) with { Confidence = confidence, Paragraph = edit.Paragraph, Doubt = DoubtOf(path) };
        return hunk with { StandsOnce = edit.IsSentence && hunk.Old.Trim().Length >= ShortestKnownSentence && StandsOnce(text.Text, hunk.Old) };
    }

    private static Hunk WithDoubt(Hunk hunk, string? doubt) => hunk.Doubt is null && doubt is not null ? hunk with { Doubt = doubt } : hunk;

    internal static bool StandsOnce(string text, string part) =>
        text.IndexOf(part, StringComparison.Ordinal) is >= 0 and var at && text.IndexOf(part, at + 1, StringComparison.Ordinal) < 0;

    private static string LabelOf(string label, string path, SourceText text, PieceEdit edit, bool isNewFile, int count)
    {
        if (count == 1)
        {
            return label;
        }

        var (old, now) = (Excerpt(text.Slice(edit.Edit.Span)), Excerpt(edit.Paragraph?.WordsIn(edit.Edit.NewText) ?? edit.Edit.NewText));
        return label + (old.Length, now.Length) switch
        {
            (0, 0) => ": white space",
            (0, _) => isNewFile ? $": {path}: “{now}”" : $": add “{now}”",
            (_, 0) => $": remove “{old}”",
            _ => $": change “{old}”",
        };
    }

    private static string Excerpt(string text)
    {
        const int most = 6;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var line = string.Join(' ', words.Take(most));
        return (line.Length > 48 ? line[..(char.IsHighSurrogate(line[47]) ? 47 : 48)] + "…" : words.Length > most ? line + " …" : line).Trim();
    }

    // A model writes line feeds; the file's own line ends are no change that a person should have to take.
    private static string LineEndsOf(SourceText before, string after) =>
        before.DominantLineEnding is var end && end != "\n" && !after.Contains('\r') ? after.Replace("\n", end, StringComparison.Ordinal) : after;

    private static SourceText? TextOf(Snapshot snapshot, string path)
    {
        if (!ProposalStore.IsInside(path))
        {
            throw Unreadable("The answer names a file that lies outside of the story. Nothing was changed.");
        }

        if (LeadsOut(snapshot.Root, path))
        {
            throw Unreadable($"{path} leads out of the story by a link. Nothing was changed.");
        }

        var text = snapshot.Text(path);
        return text is null && snapshot.Files.Contains(path) ? throw Unreadable($"The file {path} cannot be read. Nothing was changed.") : text;
    }

    private static bool LeadsOut(string root, string path)
    {
        try
        {
            return !RealPath.IsInside(root, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    // What says who is asked and what is sent, and what is no part of a story, nobody takes without looking.
    private static string? DoubtOf(string path) => path == SettingsReader.FileName
        ? "It changes the settings of the story, which say who is asked and what is sent. Look at it, and tick it if you want that."
        : Path.GetExtension(path).ToLowerInvariant() is ".md" or ".markdown" or ".yaml" or ".yml" or ".fountain" ? null
        : "It writes a file that is no part of the story. Look at it, and tick it if you want that.";

    private static ProviderException Unreadable(string message) => new(ProviderFailure.Unreadable, message);

    private sealed record FilePart(BaseFile Base, IReadOnlyList<Hunk> Hunks);
}

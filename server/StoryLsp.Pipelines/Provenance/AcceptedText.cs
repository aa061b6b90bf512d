using StoryLsp.Language.Documents;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>Tells what an acceptance wrote: the sentences as they stand, and which of them are other wordings of what stood there.</summary>
internal static class AcceptedText
{
    /// <summary>From here on a sentence counts as another wording of the one in its place, by the coefficient of Dice of their words.</summary>
    private const float LeastLikeness = 0.5f;

    /// <summary>The record of a plan's hunks.</summary>
    /// <param name="plan">The plan that was carried out.</param>
    /// <param name="hunks">The hunks that were accepted.</param>
    /// <param name="by">Who accepted.</param>
    /// <param name="at">When.</param>
    public static ProvenanceRecord Of(AcceptPlan plan, IReadOnlySet<int> hunks, string by, DateTimeOffset at)
    {
        var proposal = plan.Proposal;
        var accepted = new List<AcceptedHunk>();
        foreach (var file in proposal.Hunks.Where(hunk => hunks.Contains(hunk.Id)).GroupBy(hunk => hunk.File, StringComparer.Ordinal))
        {
            var texts = new FileTexts(plan, file.Key);
            accepted.AddRange(file.Select(hunk => new AcceptedHunk(hunk.Id, file.Key, texts.ContainerOf(hunk.Id), by, at, [.. texts.SentencesOf(hunk)])));
        }

        return new ProvenanceRecord
        {
            Proposal = proposal.Id,
            Run = proposal.Run,
            Pipeline = proposal.Pipeline,
            Provider = proposal.Provider,
            Model = proposal.Model,
            PromptHash = proposal.PromptHash,
            Hunks = [.. accepted.OrderBy(hunk => hunk.Hunk)],
        };
    }

    private sealed class FileTexts
    {
        private static readonly Lazy<ReadingContext> Shipped = new(() => new(SchemaSet.Load([]), StorySettings.None, []));

        private readonly string _path;
        private readonly string _before;
        private readonly string _after;
        private readonly IReadOnlyList<Piece> _oldPieces;
        private readonly IReadOnlyList<Piece> _newPieces;
        private readonly Dictionary<int, (TextSpan Old, TextSpan New)> _places = [];
        private readonly WordNumbers _words = new();
        private readonly List<(string Form, int[] Words)> _stood;
        private readonly Dictionary<string, int> _grown = new(StringComparer.Ordinal);

        public FileTexts(AcceptPlan plan, string path)
        {
            _path = path;
            _before = plan.Before.GetValueOrDefault(path)?.Text ?? "";
            _after = plan.After.GetValueOrDefault(path)?.Text ?? _before;
            _oldPieces = TextPieces.Of(path, _before);
            _newPieces = TextPieces.Of(path, _after);
            _stood = [.. FormsOf(_oldPieces).Select(form => (form, _words.Of(form)))];
            Count(_oldPieces, -1);
            Count(_newPieces, 1);
            var shift = 0;
            foreach (var placed in ProposalApplication.InOrder(plan.Placed.Where(placed => placed.Hunk.File == path)))
            {
                var edit = placed.Edit!.Value;
                _places[placed.Hunk.Id] = (edit.Span, new(edit.Span.Start + shift, edit.NewText.Length));
                shift += edit.NewText.Length - edit.Span.Length;
            }
        }

        public string? ContainerOf(int hunk)
        {
            var at = _places.TryGetValue(hunk, out var place) ? place.New.Start + (place.New.Length / 2) : -1;
            return at < 0 ? null : DocumentReader.Read(_path, SourceText.From(_after), Shipped.Value).Facts.Containers
                .Where(container => container.Span.Touches(at)).MinBy(container => container.Span.Length)?.Id;
        }

        public IEnumerable<AcceptedSentence> SentencesOf(Hunk hunk)
        {
            if (!_places.TryGetValue(hunk.Id, out var place))
            {
                // It stood there already, so that only its own text is known.
                return TextPieces.Of(_path, hunk.New).Where(HasWords).Select(piece => new AcceptedSentence(piece.Text.Trim(), null) { IsEntry = piece.Kind == PieceKind.Line });
            }

            var old = Inside(_oldPieces, place.Old).ToList();
            return Inside(_newPieces, Trimmed(_after, place.New)).Where(HasWords).Select(piece => Sentence(piece, old));
        }

        private AcceptedSentence Sentence(Piece piece, List<Piece> old)
        {
            var form = SentenceForm.Of(piece.Text);
            // Where there are no more of it than before, it stood here already, if in another place or dress.
            return new(piece.Text.Trim(), _grown.GetValueOrDefault(form) <= 0 && form.Length > 0 ? SentenceForm.HashOf(piece.Text) : OriginalOf(piece, old))
            {
                IsEntry = piece.Kind == PieceKind.Line,
                Stood = AlikeBefore(form) is { Count: > 0 } alike ? alike : null,
            };
        }

        private List<string> AlikeBefore(string form)
        {
            var mine = _words.Of(form);
            return [.. _stood.Where(other => other.Form != form && SurvivingSentences.MayBeEdited(other.Words, mine)).Select(other => SentenceForm.HashOfForm(other.Form)).Distinct()];
        }

        private static IEnumerable<string> FormsOf(IEnumerable<Piece> pieces) => pieces.Select(piece => SentenceForm.Of(piece.Text)).Where(form => form.Length > 0);

        private void Count(IEnumerable<Piece> pieces, int by)
        {
            foreach (var form in FormsOf(pieces))
            {
                _grown[form] = _grown.GetValueOrDefault(form) + by;
            }
        }

        private string? OriginalOf(Piece piece, List<Piece> old)
        {
            var mine = _words.Of(piece.Text);
            var nearest = old.Where(other => other.Kind == piece.Kind).Select(other => (other.Text, Likeness: WordNumbers.Likeness(mine, _words.Of(other.Text))))
                .Where(other => other.Likeness >= LeastLikeness).OrderByDescending(other => other.Likeness).FirstOrDefault();
            return nearest.Text is { } text ? SentenceForm.HashOf(text) : null;
        }

        // An insertion lies in the sentence that it cuts, and in none where it stands between two.
        private static IEnumerable<Piece> Inside(IReadOnlyList<Piece> pieces, TextSpan span) =>
            pieces.Where(piece => span.IsEmpty ? piece.Start < span.Start && span.Start < piece.End : piece.Start < span.End && span.Start < piece.End);

        private static TextSpan Trimmed(string text, TextSpan span)
        {
            var part = text.AsSpan(span.Start, span.Length);
            return new(span.Start + part.Length - part.TrimStart().Length, part.Trim().Length);
        }

        private static bool HasWords(Piece piece) => piece.Text.Any(char.IsLetterOrDigit);
    }
}

using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>A chapter that goes past others: each of them takes the place, and the number, of the one that stands there.</summary>
internal sealed class ChapterMove
{
    private readonly Snapshot _snapshot;
    private readonly List<ChapterPart> _range;
    private readonly List<int> _order;
    private readonly Manuscript? _manuscript;
    private readonly ChapterList? _listed;
    private readonly List<TextSpan>? _headed;
    private readonly bool _isNumbered;

    private ChapterMove(Snapshot snapshot, ChapterParts parts, int from, int to)
    {
        _snapshot = snapshot;
        var first = Math.Min(from, to);
        _range = parts.All.GetRange(first, Math.Abs(to - from) + 1);
        _order = [.. Enumerable.Range(0, _range.Count)];
        _order.RemoveAt(from - first);
        _order.Insert(to - first, from - first);
        _manuscript = Manuscript.Of(snapshot);
        _isNumbered = _range.TrueForAll(part => part.Number is not null) && _range.Zip(_range.Skip(1)).All(pair => pair.First.Number < pair.Second.Number);
        if (_manuscript is not null && _range.Exists(part => ChapterList.Has(snapshot, _manuscript, parts, part)))
        {
            _listed = ChapterList.Of(snapshot, _manuscript, parts, _range);
            IsPossible = _listed is not null;
            _headed = IsPossible ? Headed() : null;
            return;
        }

        _headed = Headed();
        // Numbers that are said give the order; those of files and folders, where the files alone do.
        var isSaid = _isNumbered && _range.TrueForAll(part => part.Written is not null);
        IsPossible = isSaid || _headed is not null || (_isNumbered && _range.TrueForAll(part => part.Homes.Exists(home => ChapterPart.InPath(home) == part.Number)) &&
            _range.SelectMany(part => part.Homes).Select(FileSet.FolderOf).Distinct().Count() == 1);
    }

    private bool IsPossible { get; }

    /// <summary>The move of a chapter from one place to another among all of them, from 0; null where nothing that could be changed gives the order.</summary>
    public static ChapterMove? Of(Snapshot snapshot, ChapterParts parts, int from, int to) => new ChapterMove(snapshot, parts, from, to) is { IsPossible: true } move ? move : null;

    /// <summary>The change, with the files and folders that take other names and all that leads to them.</summary>
    public RefactoringResult Change(CancellationToken cancel)
    {
        var edits = new FileEdits();
        IReadOnlyList<FileMove> moves = [];
        if (_isNumbered)
        {
            var numbers = new ChapterNumbers(_snapshot, _range, _order);
            numbers.Write(edits, cancel);
            if (numbers.Refusal is { } refusal)
            {
                return RefactoringResult.Refused(refusal);
            }

            if (numbers.Moves.Count > 0)
            {
                foreach (var change in FileMoves.Moved(_snapshot, numbers.Moves, cancel).Files.OfType<TextChange>())
                {
                    foreach (var edit in change.Edits)
                    {
                        edits.Mend(change.Path, edit);
                    }
                }

                moves = OneByOne(numbers.Files);
            }
        }

        if (_headed is not null)
        {
            edits.Rotate(_range[0].HeadingPath!, _snapshot.Text(_range[0].HeadingPath!)!, _headed, _order);
        }

        if (_listed is not null)
        {
            edits.Rotate(_manuscript!.Document.Path, _listed.Text, _listed.Entries, [.. _order.SelectMany(part => Enumerable.Range(0, _listed.Owners.Count).Where(entry => _listed.Owners[entry] == part))]);
        }

        var result = edits.ToResult();
        return result.Change is { } text ? RefactoringResult.Of(new([.. text.Files, .. moves])) : result;
    }

    // The texts under headings of one file that follow each other, without the blank lines behind them, so that these stay where they are.
    private List<TextSpan>? Headed()
    {
        if (_range[0].HeadingPath is not { } path || _range.Exists(part => part.HeadingPath != path || part.Heading!.Level != _range[0].Heading!.Level) || _snapshot.Text(path) is not { } text || _snapshot.Facts(path) is not { } facts ||
            facts.Lines.TextLength != text.Length)
        {
            return null;
        }

        var level = _range[0].Heading!.Level;
        var spans = _range.Select(part => TextSpan.FromBounds(
            part.Heading!.Span.Start, facts.Headings.FirstOrDefault(next => next.Span.Start > part.Heading.Span.Start && next.Level <= level)?.Span.Start ?? text.Length)).ToList();
        return spans.Zip(spans.Skip(1)).All(pair => pair.First.End <= pair.Second.Start) ? [.. spans.Select(span => new TextSpan(span.Start, text.Slice(span).TrimEnd().Length))] : null;
    }

    // An editor moves one file after the other: none may go where another still is.
    private List<FileMove> OneByOne(IReadOnlyList<(string From, string To)> files)
    {
        var result = new List<FileMove>();
        var left = files.ToList();
        while (left.Count > 0)
        {
            var free = left.FindIndex(file => !left.Exists(other => other.From == file.To));
            if (free >= 0)
            {
                result.Add(new(left[free].From, left[free].To));
                left.RemoveAt(free);
                continue;
            }

            // A ring: its first file stands aside.
            var (from, to) = left[0];
            var slash = from.LastIndexOf('/') + 1;
            var aside = from[..slash] + "moving-" + from[slash..];
            while (_snapshot.Files.Find(aside) is not null)
            {
                aside = aside.Insert(slash, "moving-");
            }

            result.Add(new(from, aside));
            left[0] = (aside, to);
        }

        return result;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Prose;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>The dates that repeat a date of birth: those of events of the same day that are about the person, and the year where prose or a text names the person with it.</summary>
internal sealed partial class RetconDates(Snapshot snapshot, BirthChange change, CancellationToken cancel)
{
    private readonly string _year = change.OldYear.ToString(CultureInfo.InvariantCulture);

    private string Name => change.Who.Name;

    public IEnumerable<ReviewedEdit> All()
    {
        if (change.OldYear is < 100 or > 999_999)
        {
            return Events();
        }

        return [.. Events(), .. Texts()];
    }

    // An event or scene of that very day which is about the person is the birth, or a chance; only the writer knows.
    private IEnumerable<ReviewedEdit> Events()
    {
        if (!change.Old.IsDay)
        {
            yield break;
        }

        foreach (var container in snapshot.ContainersOf("event").Concat(snapshot.ContainersOf("scene")).OrderBy(container => container.Path, NaturalOrder.Instance))
        {
            cancel.ThrowIfCancellationRequested();
            if (change.Story.Find(container.Key) is not { } timed || !timed.References.Any(reference => reference.Target == change.Who.Key) || container.Fact.Field("when")?.Value is not YamlScalar when ||
                StoryTimes.Read(change.Calendar, timed, "when") is not WrittenTime.Absolute { EarliestStart: { } at } || change.Calendar.StartOfDay(at) != change.Old.EarliestStart)
            {
                continue;
            }

            if (DateIn(when.Value, 0) is var (start, length, now))
            {
                var span = new TextSpan(when.ContentSpan.Start + start, length);
                yield return new(container.Path, new(span, now), $"`when` of “{container.Name}”: {when.Value[start..(start + length)]} → {now}; {Name} is {change.Because}",
                    $"It is the day on which {Name} was born by the old date, and is about {Name}; whether it is the birth itself, you know.");
            }
        }
    }

    private IEnumerable<ReviewedEdit> Texts()
    {
        foreach (var facts in snapshot.Documents.OrderBy(facts => facts.Path, NaturalOrder.Instance))
        {
            cancel.ThrowIfCancellationRequested();
            if (facts.Kind is DocumentKind.Schema or DocumentKind.Pipeline or DocumentKind.Settings || snapshot.Text(facts.Path) is not { } text || !text.Text.Contains(_year, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var hunk in ProseOf(facts).Concat(ValuesOf(facts)))
            {
                yield return hunk;
            }
        }
    }

    private IEnumerable<ReviewedEdit> ProseOf(DocumentFacts facts)
    {
        if (ProseReading.Of(snapshot, facts) is not { } prose)
        {
            yield break;
        }

        var names = change.Story.NamesIn(facts);
        foreach (var paragraph in prose.Paragraphs)
        {
            foreach (var sentence in paragraph.Sentences)
            {
                var text = prose.Text.Substring(sentence.Start, sentence.Length);
                if (!text.Contains(_year, StringComparison.Ordinal))
                {
                    continue;
                }

                var named = names.Where(name => sentence.Contains(name.Span)).Select(name => name.Who).ToList();
                var isOwn = named.Count == 0 && paragraph.Container == change.Who.Fact.Index && facts.Path == change.Who.Container.Path;
                if (isOwn || named.Contains(change.Who.Key))
                {
                    foreach (var hunk in In(facts.Path, text, sentence.Start, named.Distinct().Count() > 1))
                    {
                        yield return hunk;
                    }
                }
            }
        }
    }

    // Texts among the attributes: a description, a statement. Dates that are dates speak of other things.
    private IEnumerable<ReviewedEdit> ValuesOf(DocumentFacts facts)
    {
        foreach (var container in snapshot.ContainersIn(facts.Path))
        {
            var isOwn = container.IsSameAs(change.Who.Container);
            foreach (var scalar in container.Fact.Fields.SelectMany(field => Scalars(field.Value, 0)))
            {
                var text = snapshot.Text(facts.Path)!.Slice(scalar.ContentSpan);
                var isText = text.Contains(_year, StringComparison.Ordinal) && scalar.Value.Contains(' ', StringComparison.Ordinal) && WrittenTime.Parse(scalar.Value, change.Calendar) is not (WrittenTime.Absolute or WrittenTime.Relative);
                foreach (var sentence in isText ? Sentences.Of(text) : [])
                {
                    var span = new TextSpan(scalar.ContentSpan.Start + sentence.Start, sentence.Length);
                    var named = NamedIn(facts.Path, span, container.Fact.Index);
                    if (isOwn || named.Contains(change.Who.Key))
                    {
                        foreach (var hunk in In(facts.Path, text.Substring(sentence.Start, sentence.Length), span.Start, isOthers: named.Any(who => who != change.Who.Key)))
                        {
                            yield return hunk;
                        }
                    }
                }
            }
        }
    }

    private IEnumerable<ReviewedEdit> In(string path, string text, int offset, bool isOthers)
    {
        for (var at = text.IndexOf(_year, StringComparison.Ordinal); at >= 0; at = text.IndexOf(_year, at + _year.Length, StringComparison.Ordinal))
        {
            if ((at > 0 && char.IsLetterOrDigit(text[at - 1])) || (at + _year.Length < text.Length && char.IsLetterOrDigit(text[at + _year.Length])))
            {
                continue;
            }

            var (start, length, now, isWhole) = DateIn(text, at) is var (from, size, date) ? (from, size, date, true)
                : (at, _year.Length, change.NewYear.ToString(CultureInfo.InvariantCulture), false);
            var old = text.Substring(start, length);
            if (old == now)
            {
                continue;
            }

            var isBirth = SaysBirth(text[..at]);
            var doubt = isBirth && !isOthers ? null
                : isBirth ? "Others are named with it; it may be the birth of one of them."
                : isWhole ? $"It is the old date of birth, and {Name} is named with it, but nobody says that it is the birth."
                : $"It is the year of birth, and {Name} is named with it, but nobody says that it is the birth.";
            yield return new(path, new(new(offset + start, length), now), $"Year of birth of {Name} in the text: {old} → {now}; {Name} is {change.Because}", doubt);
        }
    }

    // The nearest year behind the word is that of the birth, unless another clause begins between them.
    private bool SaysBirth(string before) =>
        Born().Matches(before) is [.., var last] && before[last.Index..] is var between && !between.Contains(_year, StringComparison.Ordinal) && !Clause().IsMatch(between);

    /// <summary>The old date around a year, as a writer writes dates, and the new one in the same form; nothing where it is another date, or the new one is not known to the day.</summary>
    private (int Start, int Length, string Now)? DateIn(string text, int around)
    {
        if (!change.Old.IsDay || !change.New.IsDay)
        {
            return null;
        }

        var (old, now) = (change.Calendar.DateOf(change.Old.EarliestStart!.Value), change.Calendar.DateOf(change.New.EarliestStart!.Value));
        var (oldMonth, newMonth) = (change.Calendar.Parts[old.Part], change.Calendar.Parts[now.Part]);
        foreach (var form in Forms)
        {
            var (was, becomes) = (form(old.Day, oldMonth.Month, oldMonth.Name, old.Year), form(now.Day, newMonth.Month, newMonth.Name, now.Year));
            var at = text.IndexOf(was, Math.Max(0, around - was.Length), StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && at <= around && around < at + was.Length && (at == 0 || !char.IsLetterOrDigit(text[at - 1])))
            {
                return WithWeekday(text, at, was, becomes);
            }
        }

        return null;
    }

    // The day of the week before a date goes with it.
    private (int, int, string) WithWeekday(string text, int at, string was, string becomes)
    {
        var before = Weekday().Match(text[..at]);
        if (before.Success && change.Calendar.WeekdayOf(change.Old.EarliestStart!.Value) is { } old && change.Calendar.WeekdayOf(change.New.EarliestStart!.Value) is { } now &&
            before.Groups["day"].Value.Equals(change.Calendar.Weekdays[old], StringComparison.OrdinalIgnoreCase))
        {
            return (before.Index, at + was.Length - before.Index, change.Calendar.Weekdays[now] + before.Groups["gap"].Value + becomes);
        }

        return (at, was.Length, becomes);
    }

    private static readonly Func<int, int, string, long, string>[] Forms =
    [
        static (day, month, _, year) => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}"),
        static (day, _, name, year) => string.Create(CultureInfo.InvariantCulture, $"{day} {name} {year}"),
        static (day, _, name, year) => string.Create(CultureInfo.InvariantCulture, $"{day}{Ordinal(day)} {name} {year}"),
        static (day, _, name, year) => string.Create(CultureInfo.InvariantCulture, $"{day}{Ordinal(day)} of {name} {year}"),
        static (day, _, name, year) => string.Create(CultureInfo.InvariantCulture, $"{name} {day}, {year}"),
        static (day, _, name, year) => string.Create(CultureInfo.InvariantCulture, $"{name} {day}{Ordinal(day)}, {year}"),
    ];

    private static string Ordinal(int day) => (day % 10, day / 10) switch
    {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };

    private HashSet<ContainerKey> NamedIn(string path, TextSpan span, int owner) =>
        [.. snapshot.Mentions.Inside(snapshot.Text(path)!.Text, span, owner).Select(mention => snapshot.Mentions.Meant(path, mention)).Where(meant => meant.Count == 1).Select(meant => meant[0])];

    private static IEnumerable<YamlScalar> Scalars(YamlNode node, int depth) => depth > 8 ? [] : node switch
    {
        YamlScalar scalar => [scalar],
        YamlSequence list => list.Items.SelectMany(item => Scalars(item, depth + 1)),
        YamlMapping map => map.Entries.SelectMany(entry => Scalars(entry.Value, depth + 1)),
        _ => [],
    };

    [GeneratedRegex(@"\b(?:born|birth|birthday)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Born();

    // Another clause between the word and the year makes it another thing's year.
    [GeneratedRegex(@"[;:]| (?:and|but|who|which|when|where|died|until|till) ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Clause();

    [GeneratedRegex(@"(?<day>\p{L}+)(?<gap>,? (?:the )?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Weekday();
}

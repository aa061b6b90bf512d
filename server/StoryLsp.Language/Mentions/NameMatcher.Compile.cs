namespace StoryLsp.Language.Mentions;

public sealed partial class NameMatcher
{
    /// <summary>Makes a matcher of names.</summary>
    /// <param name="patterns">The names; an owner may have several patterns.</param>
    /// <param name="ignored">Words and names that nobody has.</param>
    /// <param name="language">The language of the prose, as <c>en</c>: in German a capital tells nothing.</param>
    public static NameMatcher Compile(IReadOnlyCollection<NamePattern> patterns, IEnumerable<string> ignored, string language = "en")
    {
        var compiler = new Compiler(patterns, ignored, language);
        return new(compiler.Build(), compiler.Genders, !language.StartsWith("de", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Turns what writers call people and things into entries of the tree.</summary>
    private sealed class Compiler
    {
        private readonly IReadOnlyCollection<NamePattern> _patterns;
        private readonly HashSet<string> _ignored;
        private readonly bool _isEnglish;
        private readonly NameTreeBuilder _tree = new();
        private readonly Dictionary<string, HashSet<int>> _written = new(StringComparer.Ordinal);
        private readonly Dictionary<string, HashSet<int>> _short = new(StringComparer.Ordinal);
        private readonly List<(NamePattern Pattern, PersonName Name)> _people = [];
        private readonly HashSet<(int Owner, string Name)> _added = [];

        public Compiler(IReadOnlyCollection<NamePattern> patterns, IEnumerable<string> ignored, string language)
        {
            _patterns = patterns;
            _ignored = [.. ignored.Select(KeyOf)];
            _isEnglish = language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        }

        /// <summary>What is known of each owner.</summary>
        public Dictionary<int, Gender> Genders { get; } = [];

        public NameTree Build()
        {
            foreach (var (word, _) in Honorific.Words)
            {
                _tree.NumberOf(word);
            }

            foreach (var pattern in _patterns)
            {
                AddWritten(pattern);
            }

            CountShortForms();
            foreach (var (pattern, name) in _people)
            {
                AddShortForms(pattern, name);
            }

            return _tree.Build();
        }

        private static string KeyOf(string name) => Word.Fold(NameEntry.Normalize(name.Trim()));

        private bool IsIgnored(NamePattern pattern, string name)
        {
            var key = KeyOf(name);
            return _ignored.Contains(key) || pattern.Ignored.Any(ignored => KeyOf(ignored) == key);
        }

        private void AddWritten(NamePattern pattern)
        {
            Add(pattern, pattern.Name, MentionForm.Name, false);
            foreach (var alias in pattern.Aliases)
            {
                Add(pattern, alias, MentionForm.Alias, false);
            }

            if (pattern.Kind == NameKind.Person)
            {
                var name = PersonName.Of(pattern.Name);
                _people.Add((pattern, name));
                var gender = GenderOf(pattern, name);
                if (gender != Gender.Unknown)
                {
                    Genders[pattern.Owner] = gender;
                }
            }
            else if (WithoutArticle(pattern.Name) is { } bare)
            {
                Add(pattern, bare, MentionForm.Name, false);
            }
        }

        // The Old Mill is also called Old Mill; the Rat is no Rat.
        private static string? WithoutArticle(string name) =>
            name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) && name.AsSpan(4).Trim().Contains(' ') ? name[4..].Trim() : null;

        private static Gender GenderOf(NamePattern pattern, PersonName name)
        {
            if (pattern.Gender != Gender.Unknown || name.Gender != Gender.Unknown)
            {
                return pattern.Gender != Gender.Unknown ? pattern.Gender : name.Gender;
            }

            var titles = pattern.Aliases.Select(alias => PersonName.Of(alias).Gender).Where(gender => gender != Gender.Unknown).Distinct().ToList();
            return titles.Count == 1 ? titles[0] : titles.Count > 1 || name.Parts.Count < 2 ? Gender.Unknown : GivenNames.GenderOf(name.Parts[0]);
        }

        private void CountShortForms()
        {
            foreach (var (pattern, name) in _people)
            {
                foreach (var form in name.Forms)
                {
                    Count(_short, KeyOf(form.Text), pattern.Owner);
                }
            }
        }

        private static void Count(Dictionary<string, HashSet<int>> counts, string key, int owner)
        {
            if (!counts.TryGetValue(key, out var owners))
            {
                counts.Add(key, owners = []);
            }

            owners.Add(owner);
        }

        private void AddShortForms(NamePattern pattern, PersonName name)
        {
            foreach (var form in name.Forms)
            {
                var key = KeyOf(form.Text);
                var isShared = _short[key].Count > 1 || (_written.TryGetValue(key, out var writers) && !writers.SetEquals([pattern.Owner]));
                if (!isShared || form.Form == MentionForm.Family)
                {
                    Add(pattern, form.Text, form.Form, isShared);
                }
            }
        }

        private void Add(NamePattern pattern, string text, MentionForm form, bool needsTitle)
        {
            if (NameTreeBuilder.WordsOf(text) is not { } words || IsIgnored(pattern, text) || !_added.Add((pattern.Owner, KeyOf(text))) || !IsName(words))
            {
                return;
            }

            var isWritten = form is MentionForm.Name or MentionForm.Alias;
            if (isWritten)
            {
                Count(_written, KeyOf(text), pattern.Owner);
            }

            var folded = words.Count == 1 ? Word.Fold(words[0].Text) : "";
            var isTitle = Honorific.TryGet(folded, out _);
            var demands = NameEntry.DemandsOf([.. words.Select(word => (word.Text, word.Shape))]);
            var entry = new NameEntry
            {
                Owner = pattern.Owner,
                Form = form,
                Written = NameEntry.Normalize(text.Trim()),
                Demands = demands,
                LastWord = Word.Fold(words[^1].Text),
                IsExact = pattern.CaseSensitive,
                NeedsTitle = needsTitle,
                IsCommonWord = _isEnglish && words.Count == 1 && demands[0] == CaseDemand.Capital && IsCommon(folded, isTitle),
                TakesArticle = isWritten ? isTitle || pattern.Kind != NameKind.Person : form == MentionForm.Family && !WordList.Proper.Contains(folded),
                MayBeSmall = pattern.Kind == NameKind.Item && words.Count > 1,
            };
            _tree.Add(words, entry, !pattern.CaseSensitive, !pattern.CaseSensitive && TakesPlural(pattern.Kind, form));
        }

        private static bool TakesPlural(NameKind kind, MentionForm form) => kind is NameKind.Person or NameKind.Item && form != MentionForm.Parts;

        // A letter, a number or a pronoun alone is no name in prose.
        private static bool IsName(List<(string Text, WordShape Shape, GapKind Gap)> words)
        {
            if (words.Count > 1)
            {
                return words.Exists(word => word.Text.Any(char.IsLetter) && !FunctionWords.IsNoName(Word.Fold(word.Text)));
            }

            var text = words[0].Text;
            var isSign = (Letters.Kinds[text[0]] & Letters.Solo) != 0;
            return (text.Length > 1 || isSign) && text.Any(unit => char.IsLetter(unit) || char.IsSurrogate(unit)) &&
                (words[0].Shape == WordShape.AllCapitals || !FunctionWords.IsNoName(Word.Fold(text)));
        }

        private static bool IsCommon(string folded, bool isTitle) =>
            isTitle || FunctionWords.IsCalendar(folded) || (WordList.Common.Contains(folded) && !FunctionWords.IsMostlyName(folded));
    }
}

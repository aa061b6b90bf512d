using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Mentions;

namespace StoryLsp.Continuity.Naming;

/// <summary>The characters of a workspace whose names are nearly the same.</summary>
internal sealed class LikeNames
{
    private const int MostLettersApart = 2;
    private const int FewestLetters = 3;

    private static readonly KeyList None = new([]);

    private readonly NameSet _names;
    private readonly Dictionary<ContainerKey, KeyList> _before = [];

    private LikeNames(NameSet names)
    {
        _names = names;
        var people = new List<(ContainerKey Key, string Whole, string Given)>();
        for (var i = 0; i < names.Patterns.Count; i++)
        {
            if (names.Patterns[i].Kind == NameKind.Person)
            {
                people.Add((names.Containers[i], names.Patterns[i].Name, NameWords.CallName(names.Patterns[i].Name)));
            }
        }

        foreach (var alike in people.Where(one => one.Given.Length >= FewestLetters).GroupBy(one => char.ToLowerInvariant(one.Given[0])))
        {
            Compare([.. alike]);
        }
    }

    /// <summary>The names of a snapshot, compared once as long as nobody is renamed.</summary>
    public static LikeNames Of(Snapshot snapshot)
    {
        var names = snapshot.Mentions.Names;
        return snapshot.Derive(_ => new LikeNames(names), (before, _, _) => ReferenceEquals(before._names, names) ? before : new LikeNames(names));
    }

    /// <summary>The characters before one, by path and then by place, that are named nearly the same.</summary>
    public KeyList Before(ContainerKey key) => _before.GetValueOrDefault(key, None);

    private void Compare((ContainerKey Key, string Whole, string Given)[] people)
    {
        for (var i = 0; i < people.Length; i++)
        {
            var like = new List<ContainerKey>();
            for (var j = 0; j < i; j++)
            {
                if (AreAlike(people[i].Given, people[j].Given) || AreAlike(people[i].Whole, people[j].Whole))
                {
                    like.Add(people[j].Key);
                }
            }

            if (like.Count > 0)
            {
                _before[people[i].Key] = new(like);
            }
        }
    }

    // The same name twice is another fault, or none: a father and his son.
    private static bool AreAlike(string one, string other) =>
        Nearest.Distance(one, other, MostLettersApart) is > 0 and <= MostLettersApart && Math.Min(one.Length, other.Length) >= FewestLetters;
}

using System.Globalization;
using StoryLsp.Language.Text;

namespace StoryLsp.Testing.Worlds;

/// <summary>A file of a world.</summary>
/// <param name="Path">Workspace-relative path.</param>
/// <param name="Text">Its text.</param>
public sealed record WorldFile(string Path, string Text);

/// <summary>
/// A consistent story: what is true in it, and the containers that say so. It has no fault by construction. Whoever wants one changes the
/// containers, and marks the text at fault (<see cref="Marks"/>).
/// </summary>
public sealed class World
{
    internal World(WorldOptions options, Dice dice)
    {
        Options = options;
        Dice = dice;
    }

    /// <summary>What was wanted, with the seed's choices filled in.</summary>
    public WorldOptions Options { get; internal set; }

    /// <summary>Chance for this world and for the faults in it.</summary>
    public Dice Dice { get; }

    /// <summary>The people. The first two are the points of view, the third dies, the fourth did it.</summary>
    public List<Person> People { get; } = [];

    /// <summary>The places.</summary>
    public List<Place> Places { get; } = [];

    /// <summary>The items.</summary>
    public List<Item> Items { get; } = [];

    /// <summary>The facts.</summary>
    public List<Secret> Facts { get; } = [];

    /// <summary>The scenes in narrative order.</summary>
    public List<Scene> Scenes { get; } = [];

    /// <summary>The threads: the container, the first scene that sets it up and the scene that pays it off.</summary>
    public List<(Container Container, int Setup, int Payoff)> Threads { get; } = [];

    /// <summary>The clues of the case: the container, whom it eliminates, the scene that plants it.</summary>
    public List<(Container Container, Person? Eliminates, int Planted)> Clues { get; } = [];

    /// <summary>The red herring, or null.</summary>
    public Container? RedHerring { get; internal set; }

    /// <summary>The case, or null where the story has none.</summary>
    public Container? Case { get; internal set; }

    /// <summary>The scene in which the case is solved.</summary>
    public int Reveal { get; internal set; } = -1;

    /// <summary>When the murder was done.</summary>
    public DateTime Murder { get; internal set; }

    /// <summary>The scene after which the victim is dead.</summary>
    public int MurderAfter { get; internal set; } = -1;

    /// <summary>Where the suspects say that they were.</summary>
    public Place? Alibi { get; internal set; }

    /// <summary>Containers of all other types: factions, events, chapters, shots, panels.</summary>
    public List<Container> Others { get; } = [];

    /// <summary>Least travel times in minutes between places by themselves, both ways.</summary>
    public Dictionary<(Place, Place), int> Routes { get; } = [];

    /// <summary>Files besides, such as a Fountain script or notes.</summary>
    public List<WorldFile> Extra { get; } = [];

    /// <summary>Lines at the end of <c>story.yaml</c>.</summary>
    public List<string> Settings { get; } = [];

    /// <summary>Whether there is a <c>story.yaml</c>.</summary>
    public bool HasSettings => Options.Settings != false;

    /// <summary>Whether the story has days in place of dates.</summary>
    public bool IsDays => Options.Days == true;

    /// <summary>The linear scenes in narrative order.</summary>
    public IEnumerable<Scene> Linear => Scenes.Where(scene => scene.IsLinear);

    /// <summary>All containers but scenes.</summary>
    public IEnumerable<Container> Entries =>
        [
            .. People.Select(person => person.Container), .. Places.Select(place => place.Container), .. Items.Select(item => item.Container),
            .. Facts.Select(fact => fact.Container), .. Threads.Select(thread => thread.Container), .. Clues.Select(clue => clue.Container),
            .. RedHerring is null ? [] : new[] { RedHerring }, .. Case is null ? [] : new[] { Case }, .. Others,
        ];

    /// <summary>The linear scene before this one in the narrative, or null.</summary>
    public Scene? Before(Scene scene) => Scenes.Take(scene.Index).LastOrDefault(other => other.IsLinear);

    /// <summary>A reference in one of the forms that are allowed.</summary>
    public Node Ref(Container to) => Dice.Percent(4) ? new Raw("[[" + to.Name + "]]") : RefText(to);

    /// <summary>The text of a reference in one of the forms that are allowed.</summary>
    public string RefText(Container to) => Dice.Below(10) switch
    {
        0 or 1 => to.Name,
        2 => "[[" + to.Name + "]]",
        _ => to.WritesId ? to.Id : to.Name,
    };

    /// <summary>A list of references, as ids if there are any.</summary>
    public Seq Refs(IEnumerable<Container> to)
    {
        var isPlain = Dice.Percent(70);
        var isLong = Dice.Percent(15);
        var items = to.Select(one => isPlain ? one.WritesId ? one.Id : one.Name : RefText(one)).Select(text => (Node)text).ToList();
        return new Seq(items, !isLong);
    }

    /// <summary>The time of a scene as it may be written in `when`.</summary>
    public string Stamp(DateTime time, bool withClock) => Options.Calendar == true
        ? OwnCalendar.Date(time) + (withClock ? time.ToString(Dice.Percent(70) ? "'T'HH:mm" : " HH:mm", CultureInfo.InvariantCulture) : "")
        : IsDays ? "Day " + (int)((time.Date - WorldBuilder.FirstDay).TotalDays + 1) + (withClock ? ", " + time.ToString("HH:mm", CultureInfo.InvariantCulture) : "")
        : withClock ? time.ToString(Dice.Percent(70) ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The time, as it is written when it is not in quotes inside braces.</summary>
    public string StampOf(Scene scene) => Stamp(scene.Start, scene.IsExact);

    /// <summary>The files as they are, and where marked texts stand in them.</summary>
    public (IReadOnlyList<KeyValuePair<string, string>> Texts, IReadOnlyList<Mark> Marked) Write()
    {
        var texts = new List<KeyValuePair<string, string>>();
        var marked = new List<Mark>();
        foreach (var file in WorldFiles.Of(this))
        {
            var (text, spans) = Marks.Take(Options.Crlf == true ? file.Text.ReplaceLineEndings("\r\n") : file.Text);
            texts.Add(KeyValuePair.Create(file.Path, text));
            marked.AddRange(spans.Select(span => new Mark(file.Path, span)));
        }

        return (texts, marked);
    }
}

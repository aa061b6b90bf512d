using System.Globalization;
using System.Text;

namespace StoryLsp.Benchmarks;

/// <summary>
/// A workspace of any size, made of a seed: the same seed and size give the same bytes. Its references hold and its times follow each
/// other, so that a check finds nothing of error or warning severity in it, but for the faults that were asked for.
/// </summary>
internal sealed class GeneratedStory : IDisposable
{
    private static readonly DateTime FirstDay = new(1926, 11, 5, 0, 0, 0, DateTimeKind.Utc);

    // Files that were just written are read again in case that they were written twice within one tick of the clock.
    private static readonly DateTime Written = DateTime.UtcNow.AddHours(-1);

    private readonly Random _random;
    private readonly int _faults;
    private readonly List<string> _characters = [];
    private readonly List<string> _locations = [];
    private readonly List<string> _items = [];
    private int _scenesPerChapter;

    private GeneratedStory(string root, int files, int seed, int faults)
    {
        Root = root;
        _random = new Random(seed);
        _faults = faults;
        try
        {
            Generate(files);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Absolute path of its folder.</summary>
    public string Root { get; }

    /// <summary>How many files it has.</summary>
    public int Files { get; private set; }

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Workspace-relative path of the scene of 3,000 words.</summary>
    public string LongScene { get; private set; } = "";

    /// <summary>Makes a story in a new folder below the system's folder for such things.</summary>
    public static GeneratedStory Create(int files, int seed = 20261121, int faults = 0) =>
        new(Directory.CreateTempSubdirectory("storylsp-bench-").FullName, files, seed, faults);

    /// <summary>Deletes what the product made in it.</summary>
    public void ForgetIndex()
    {
        var made = Path.Combine(Root, ".story");
        if (Directory.Exists(made))
        {
            Directory.Delete(made, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Generate(int files)
    {
        var characters = Math.Clamp(files * 8 / 100, 8, 1000);
        var locations = Math.Clamp(files * 4 / 100, 4, 400);
        var items = Math.Clamp(files * 4 / 100, 4, 400);
        var facts = Math.Max(4, files * 4 / 100);
        var clues = Math.Max(4, files * 4 / 100);
        var threads = Math.Max(3, files * 2 / 100);
        var events = Math.Max(2, files * 6 / 100);
        var notes = Math.Max(2, files * 6 / 100);
        var chapters = Math.Max(2, files * 2 / 100);
        var scenes = Math.Max(4, files - 1 - characters - locations - items - facts - clues - threads - events - notes - chapters);
        _scenesPerChapter = (scenes + chapters - 1) / chapters;
        Put("story.yaml", "story: 1\ntitle: The Generated Affair\nlanguage: en\nstatus: draft\ncalendar: gregorian\n");
        MakeNames(characters, locations, items);
        Each(characters, WriteCharacter);
        Each(locations, WriteLocation);
        Each(items, WriteItem);
        Each(facts, i => Put($"facts/fact-{i}.yaml", $"id: fact-{i}\nname: Fact {i}\nstatement: >-\n  {new Prose(_random, _characters, _locations).Sentence().Replace("[[", "", StringComparison.Ordinal).Replace("]]", "", StringComparison.Ordinal)}\nknown_by:\n  - {Id(Character())}\nterms: [word{i}, \"term {i}\"]\n"));
        Each(clues, i => Put($"clues/clue-{i}.yaml", $"id: clue-{i}\nname: Clue {i}\ntext: |\n  It lay on the floor of the hall.\n  Nobody asked for it.\npoints_to: [{Id(Character())}, \"{Character()}\"]\nestablishes: fact-{_random.Next(facts)}\nessential: {(i % 3 == 0 ? "true" : "false")}\n"));
        Each(threads, i => Put($"threads/thread-{i}.yaml", $"id: thread-{i}\nname: Thread {i}\ndescription: A promise of the kind that is number {i}.\ntags: [plot, part-{i % 5}]\n"));
        Each(events, i => WriteEvent(i));
        Each(notes, i => Put($"notes/Note {i}.md", "---\ntags: [research, draft]\n---\n\n# Note " + i + "\n\n" + Text(_random.Next(80, 400))));
        Each(chapters, WriteChapter);
        for (var i = 0; i < scenes; i++)
        {
            WriteScene(i, facts, clues, threads);
        }
    }

    private static void Each(int count, Action<int> write)
    {
        for (var i = 0; i < count; i++)
        {
            write(i);
        }
    }

    private void MakeNames(int characters, int locations, int items)
    {
        for (var i = 0; i < characters; i++)
        {
            _characters.Add(Vocabulary.Given[i % Vocabulary.Given.Length] + " " + Vocabulary.Family[(i / Vocabulary.Given.Length + i) % Vocabulary.Family.Length]);
        }

        for (var i = 0; i < locations; i++)
        {
            _locations.Add(Vocabulary.PlaceFirst[i % 20] + " " + Vocabulary.PlaceLast[(i / 20 + i) % 20]);
        }

        for (var i = 0; i < items; i++)
        {
            _items.Add(Vocabulary.ItemFirst[i % 20] + " " + Vocabulary.ItemLast[(i / 20 + i) % 20]);
        }
    }

    private void WriteCharacter(int i)
    {
        var name = _characters[i];
        var other = _characters[(i + 1) % _characters.Count];
        Put($"characters/{Id(name)}.yaml", $"""
            id: {Id(name)}
            name: {name}
            born: {1870 + (i % 35)}-{1 + (i % 12):00}-{1 + (i % 28):00}
            pronouns: they/them
            eyes: {Vocabulary.Adjective(i)} grey
            hair: {Vocabulary.Adjective(i + 7)} brown
            occupation: keeper of the {Vocabulary.Noun(i)}
            home: {Id(_locations[i % _locations.Count])}
            traits: [{Vocabulary.Adjective(i + 3)}, {Vocabulary.Adjective(i + 11)}]   # as the first draft has them
            relations:
              - to: {Id(other)}
                kind: rival
                description: "They have not spoken since the {Vocabulary.Noun(i + 5)}."
            voice: >-
              Says little, and says it
              to the {Vocabulary.Noun(i + 9)}.
            description: |
              {new Prose(_random, _characters, _locations).Sentence().Replace("[[", "", StringComparison.Ordinal).Replace("]]", "", StringComparison.Ordinal)}
              A person of the {Vocabulary.Adjective(i + 2)} kind.

            """.ReplaceLineEndings("\n"));
    }

    private void WriteLocation(int i)
    {
        var within = i == 0 ? "" : $"within: {Id(_locations[(i - 1) / 8])}\n";
        Put($"locations/{Id(_locations[i])}.yaml", $"id: {Id(_locations[i])}\nname: {_locations[i]}\n{within}routes:\n  - {{to: {Id(_locations[(i + 1) % _locations.Count])}, mode: on foot, time: PT{1 + (i % 3)}H}}\ndescription: A {Vocabulary.Adjective(i)} place by the {Vocabulary.Noun(i)}.\n");
    }

    private void WriteItem(int i) =>
        Put($"items/{Id(_items[i])}.yaml", $"id: {Id(_items[i])}\nname: {_items[i]}\nowner: {Id(Character())}\ndescription: Found near the {Vocabulary.Noun(i)}, {Vocabulary.Adjective(i)} with age.\n");

    private void WriteEvent(int i) =>
        Put($"events/event-{i}.yaml", $"id: event-{i}\nname: Event {i}\nparticipants: [{Id(_characters[i % _characters.Count])}]\nlocation: {Id(Location())}\nwhen: 19{10 + (i % 12):00}-0{1 + (i % 9)}-{1 + (i % 27):00}\ndescription: Before the story began.\n");

    private void WriteChapter(int i)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"---\nid: chapter-{i + 1}\nnumber: {i + 1}\nsynopsis: What happens in part {i + 1} of the story.\n---\n\n# Chapter {i + 1}\n\n{Text(60)}");
        for (var j = 0; j < 3; j++)
        {
            var order = _scenesPerChapter + j + 1;
            text.Append(CultureInfo.InvariantCulture, $"## Part {i + 1}-{j + 1}\n\n```story\ntype: scene\nid: part-{i + 1}-{j + 1}\n{SceneFields(i, order)}```\n\n{Text(_random.Next(200, 900))}");
        }

        Put($"chapters/chapter-{i + 1:000}.md", text.ToString());
    }

    private void WriteScene(int i, int facts, int clues, int threads)
    {
        var chapter = i / _scenesPerChapter;
        var order = (i % _scenesPerChapter) + 1;
        var path = $"scenes/part-{chapter + 1:000}/{order:00}-{Vocabulary.Noun(i)}-{i}.md";
        var words = i == 0 ? 3000 : 100 + (int)(2900 * Math.Pow(_random.NextDouble(), 1.4));
        LongScene = i == 0 ? path : LongScene;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"---\ntitle: The {Vocabulary.Adjective(i)} {Vocabulary.Noun(i)} {i}\n");
        text.Append(i % 2 == 0 ? $"id: scene-{i}\n" : "");
        text.Append(SceneFields(chapter, order));
        text.Append(CultureInfo.InvariantCulture, $"threads: [thread-{_random.Next(threads)}]\nreveals: [fact-{_random.Next(facts)}]\nplants:\n  - clue-{_random.Next(clues)}\nstatus: draft\ntarget_words: {words}\n");
        if (i < _faults)
        {
            text.Append(CultureInfo.InvariantCulture, $"mentions: [nobody-{i}]\n");
        }

        text.Append("---\n\n").Append(Text(words));
        if (i % 4 == 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"What came before stands in [[scene-{i - 1}]].\n");
        }

        Put(path, text.ToString());
    }

    private string SceneFields(int chapter, int order)
    {
        var day = FirstDay.AddDays((chapter * (_scenesPerChapter + 3)) + order);
        var hour = 8 + (order % 12);
        var first = _random.Next(_characters.Count);
        var pov = _characters[first];
        return string.Create(CultureInfo.InvariantCulture, $"pov: {Id(pov)}\ncharacters:\n  - {pov}\n  - \"[[{_characters[(first + 3) % _characters.Count]}]]\"\n  - {Id(_characters[(first + 5) % _characters.Count])}\nlocation: {Id(Location())}\nwhen: {day:yyyy-MM-dd}T{hour:00}:00\nduration: PT2H\ntime_of_day: {Vocabulary.TimeOfDay(hour)}\nchapter: {chapter + 1}\norder: {order}\nsynopsis: >-\n  Somebody waits for the {Vocabulary.Noun(order)},\n  and it does not come.\neffects:\n  - {Id(pov)} learns fact-0\n");
    }

    private string Text(int words)
    {
        var cast = Enumerable.Range(0, 4).Select(_ => Character()).ToList();
        return new Prose(_random, cast, [.. cast, Location(), Location(), _items[_random.Next(_items.Count)]]).Write(words);
    }

    private string Character() => _characters[_random.Next(_characters.Count)];

    private string Location() => _locations[_random.Next(_locations.Count)];

    private static string Id(string name) => name.ToLowerInvariant().Replace(' ', '-');

    private void Put(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var bytes = Encoding.UTF8.GetBytes(text);
        File.WriteAllBytes(full, bytes);
        File.SetLastWriteTimeUtc(full, Written);
        Files++;
        Bytes += bytes.Length;
    }
}

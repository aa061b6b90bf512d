using System.Globalization;
using StoryLsp.Language.Text;

namespace StoryLsp.Testing.Worlds;

/// <summary>Makes a consistent world of a seed: first what is true, then the containers that say it.</summary>
public static partial class WorldBuilder
{
    /// <summary>Day 1 of a story that has days in place of dates.</summary>
    public static readonly DateTime FirstDay = new(2001, 1, 1);

    /// <summary>The world of a seed, the same each time.</summary>
    public static World Create(WorldOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Scenes, 5);
        var dice = new Dice(options.Seed);
        var world = new World(options, dice);
        var own = options.Calendar ?? (options.Days != false && options.Scenes <= 40 && dice.Percent(8));
        var days = own || (options.Days ?? dice.Percent(12));
        world.Options = options with
        {
            Crlf = options.Crlf ?? dice.Percent(40),
            Complete = options.Complete ?? dice.Percent(50),
            Keys = options.Keys ?? (options.Settings == false || dice.Percent(75) ? SceneKeys.Plain : dice.Pick(SceneKeys.Capitals, SceneKeys.Own)),
            Days = days,
            Calendar = own,
            Exact = options.Exact ?? dice.Percent(40),
            Layout = options.Layout ?? (dice.Percent(60) ? SceneLayout.Files : SceneLayout.Chapters),
            Ids = options.Ids ?? dice.Percent(75),
            Manuscript = options.Manuscript ?? dice.Percent(30),
            Headings = options.Headings ?? dice.Percent(25),
            Fountain = options.Fountain ?? dice.Percent(25),
            Year = options.Year ?? dice.Between(1919, 2024),
        };
        if (own)
        {
            world.Settings.Add(OwnCalendar.Settings);
        }

        MakePeople(world);
        MakePlaces(world);
        MakeScenes(world);
        MakeItems(world);
        MakeFacts(world);
        MakeThreads(world);
        MakeCase(world);
        MakeOthers(world);
        ProseWriter.WriteAll(world);
        if (world.Options.Fountain == true)
        {
            world.Extra.Add(new("radio/teaser.fountain", ProseWriter.Script(world)));
        }

        return world;
    }

    /// <summary>What a name becomes as an id.</summary>
    public static string Slug(string name) => StoryLsp.Language.Text.Slug.Of(name);

    private static Container Entry(World world, string type, string name, string? id = null)
    {
        var writes = world.Options.Ids == true;
        return new Container
        {
            Type = type,
            Name = name,
            Id = writes && id is not null ? id : Slug(name),
            WritesId = writes,
            WritesType = true,
            Stem = Slug(name),
        };
    }

    private static void MakePeople(World world)
    {
        var dice = world.Dice;
        var count = Math.Clamp(9 + world.Options.Scenes / 40, 9, 28);
        var women = new Queue<string>(dice.Shuffled(Pool.Women));
        var men = new Queue<string>(dice.Shuffled(Pool.Men));
        var families = new Queue<string>(dice.Shuffled(Pool.Families));
        for (var i = 0; i < count; i++)
        {
            var isWoman = men.Count == 0 || (women.Count > 0 && dice.Percent(50));
            var given = isWoman ? women.Dequeue() : men.Dequeue();
            // Two who share a family name: neither is found by it alone.
            var family = i == 5 && dice.Percent(30) ? world.People[4].Family : families.Dequeue();
            var container = Entry(world, "character", given + " " + family, dice.Percent(60) ? Slug(given) : null);
            var born = new DateTime(world.Options.Year!.Value - dice.Between(19, 62), dice.Between(1, 12), dice.Between(1, 28));
            var person = new Person
            {
                Container = container,
                Given = given,
                Family = family,
                IsWoman = isWoman,
                Born = world.IsDays ? null : born,
                Eyes = dice.Pick(Pool.Eyes),
                Alias = i < Pool.Aliases.Length && dice.Percent(40) ? Pool.Aliases[i] : null,
            };
            person.Hair.Add((-1, dice.Pick(Pool.Hair)));
            world.People.Add(person);
        }

        foreach (var person in world.People)
        {
            Describe(world, person);
        }
    }

    private static void Describe(World world, Person person)
    {
        var dice = world.Dice;
        var container = person.Container;
        if (person.Born is { } born)
        {
            container.Set("born", born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        if (person.Alias is { } alias)
        {
            container.Set("aliases", dice.Percent(50) ? alias : Node.List(alias));
        }

        container.Set("pronouns", person.IsWoman ? "she/her" : "he/him");
        container.Set("eyes", person.Eyes);
        container.Set("hair", person.HairAt(0));
        if (dice.Percent(40))
        {
            container.Set("occupation", dice.Pick(Pool.Occupations));
        }

        if (dice.Percent(40))
        {
            container.Set("traits", Node.Texts(dice.Shuffled(Pool.Traits).Take(2)));
        }

        if (dice.Percent(40))
        {
            var other = dice.Pick(world.People);
            if (other != person)
            {
                container.Set("relations", Node.Lines(Node.Flow(("to", world.Ref(other.Container)), ("kind", dice.Pick("cousin", "rival", "employer")))));
            }
        }

        if (dice.Percent(30))
        {
            container.Set("voice", "Short sentences, and never a question.");
        }
    }

    private static void MakePlaces(World world)
    {
        var dice = world.Dice;
        var house = new Place { Container = Entry(world, "location", dice.Pick("Weir House", "Marsh Hall", "Kestrel Lodge")) };
        world.Places.Add(house);
        foreach (var room in dice.Shuffled(Pool.Rooms).Take(3))
        {
            var place = new Place { Container = Entry(world, "location", room), Within = house };
            place.Container.Set("within", world.Ref(house.Container));
            world.Places.Add(place);
        }

        foreach (var name in dice.Shuffled(Pool.Places).Take(4))
        {
            world.Places.Add(new Place { Container = Entry(world, "location", name) });
        }

        var tops = world.Places.Where(place => place.Within is null).ToList();
        for (var i = 0; i + 1 < tops.Count; i++)
        {
            var minutes = 60 * dice.Between(1, 3);
            world.Routes[(tops[i], tops[i + 1])] = minutes;
            var time = dice.Percent(70) ? "PT" + minutes / 60 + "H" : minutes / 60 == 1 ? "1 hour" : minutes / 60 + " hours";
            tops[i].Container.Append("routes", Node.Flow(("to", world.Ref(tops[i + 1].Container)), ("mode", dice.Pick("on foot", "by cart", "by boat")), ("time", time)));
        }

        if (!world.IsDays && dice.Percent(60))
        {
            house.Container.Set("built", (world.Options.Year!.Value - dice.Between(80, 200)).ToString(CultureInfo.InvariantCulture));
        }

        house.Container.Set("description", "A house with more doors than rooms.");
    }
}

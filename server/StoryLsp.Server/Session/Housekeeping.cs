namespace StoryLsp.Server.Session;

/// <summary>
/// Lets the runtime look for what nobody needs any more when a writer pauses. What follows from a whole story is kept for a while and then replaced, and such things the
/// runtime by itself leaves lying for long where the machine has memory to spare; a writer's machine runs other programs too.
/// </summary>
internal sealed class Housekeeping
{
    private const long Growth = 48L * 1024 * 1024;

    private int _collections = -1;
    private long _level;

    /// <summary>Begins.</summary>
    public static void Begin(EditorSession session)
    {
        var keeping = new Housekeeping();
        session.Quiet.Came += _ => keeping.Look();
    }

    private void Look()
    {
        var (collections, used) = (GC.CollectionCount(GC.MaxGeneration), GC.GetTotalMemory(forceFullCollection: false));
        if (collections != _collections)
        {
            (_collections, _level) = (collections, used);
        }
        else if (used > _level + Growth)
        {
            // In the background: nobody waits for it.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }
    }
}

# What the Pester files share: a local AWS of their own, and eyes that are not the module's. Tables and items are made and read
# by plain HTTP, so that a fault in the module cannot hide itself.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$script:Root = Split-Path (Split-Path $PSScriptRoot)
$script:Server = $null
$script:Tables = 0

function Get-ModulePath {
    # Another build of the module, such as the packaged one, can be tested by naming its manifest.
    if ($env:DYNAMOBATCH_MODULE) { $env:DYNAMOBATCH_MODULE } else { Join-Path $script:Root 'DynamoBatch.psd1' }
}

function Get-LocalAwsPath {
    if ($env:DYNAMOBATCH_LOCALAWS) { return $env:DYNAMOBATCH_LOCALAWS }
    $newest = Get-ChildItem (Join-Path $script:Root 'tests/DynamoBatch.LocalAws/bin/*/net8.0/DynamoBatch.LocalAws.dll') |
        Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $newest) { throw "The local AWS is not built: run 'dotnet build' first." }
    $newest.FullName
}

# Starts a local AWS on a free port. It ends when its standard input closes, so it never outlives this process.
function Start-LocalAws {
    param([string[]] $Argument = @())
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    # A late write comes in less than the 2 s that the module waits for one, or never.
    foreach ($word in @((Get-LocalAwsPath), '--port', '0', '--log-keys', '--late-limit', '1800', '--quit-on-stdin-close') + $Argument) { $start.ArgumentList.Add($word) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [Diagnostics.Process]::Start($start)
    $reading = $process.StandardOutput.ReadLineAsync()
    if (-not $reading.Wait(60000)) { $process.Kill($true); throw 'The local AWS did not start within a minute.' }
    if ($reading.Result -notmatch 'ready: (\S+?)/? ') { throw "The local AWS did not start: $($reading.Result)" }
    $script:Server = [pscustomobject]@{ Process = $process; Url = $Matches[1]; Output = $process.StandardOutput.ReadToEndAsync() }
    $script:Server.Url
}

function Stop-LocalAws {
    if ($script:Server) {
        $script:Server.Process.StandardInput.Close()
        if (-not $script:Server.Process.WaitForExit(10000)) { $script:Server.Process.Kill($true) }
        $script:Server.Process.Dispose()
        $script:Server = $null
    }
}

# The parameters that every command needs to reach the local AWS.
function Get-Connection {
    @{ EndpointUrl = $script:Server.Url; AccessKey = 'local'; SecretKey = 'local'; Region = 'us-east-1' }
}

# Empty shared files of this test's own. The SDK asks once in a process which they are, and only where they are there: so it is made to.
function Set-SharedFile([Parameter(Mandatory)][string] $Folder) {
    $env:AWS_SHARED_CREDENTIALS_FILE, $env:AWS_CONFIG_FILE = 'credentials', 'config' | ForEach-Object { Join-Path $Folder $_ }
    $null = New-Item $env:AWS_SHARED_CREDENTIALS_FILE, $env:AWS_CONFIG_FILE -Force
    $null = Invoke-Caught { 'k' | Read-DdbBatch T -EndpointUrl http://127.0.0.1:9 -Region us-east-1 -ProfileName nobody }
}

# A port that refuses connections, and that nobody else takes meanwhile. Whoever makes it disposes it.
function New-DeafSocket {
    $socket = [Net.Sockets.Socket]::new('InterNetwork', 'Stream', 'Tcp')
    $socket.Bind([Net.IPEndPoint]::new([Net.IPAddress]::Loopback, 0))
    $socket
}

function Invoke-Ddb {
    param([Parameter(Mandatory)][string] $Operation, [Parameter(Mandatory)] $Body)
    $json = if ($Body -is [string]) { $Body } else { ConvertTo-Json $Body -Depth 30 -Compress }
    $request = @{
        Uri                  = $script:Server.Url
        Method               = 'Post'
        Body                 = [Text.Encoding]::UTF8.GetBytes($json)
        ContentType          = 'application/x-amz-json-1.0'
        Headers              = @{
            'X-Amz-Target'  = "DynamoDB_20120810.$Operation"
            'Authorization' = 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0'
            'X-Amz-Date'    = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [cultureinfo]::InvariantCulture)
        }
        SkipHeaderValidation = $true
    }
    $answer = (Invoke-WebRequest @request).Content
    if ($answer -is [byte[]]) { $answer = [Text.Encoding]::UTF8.GetString($answer) }
    # As hash tables: an item may have attributes whose names differ by case alone.
    ConvertFrom-Json $answer -AsHashtable -DateKind String
}

# Makes a table of a name of its own (schemas are cached for a minute) and gives the name.
function New-Table {
    param(
        [string] $Key = 'id',
        [string] $KeyType = 'S',
        [string] $SortKey,
        [string] $SortKeyType = 'S',
        [string] $IndexKey,
        [string] $IndexKeyType = 'S',
        [string] $TtlAttribute,
        [string] $Name
    )
    $script:Tables++
    if (-not $Name) { $Name = "Table$($script:Tables)-$([guid]::NewGuid().ToString('N').Substring(0, 8))" }
    $attributes = [Collections.Generic.List[object]]::new()
    $keys = [Collections.Generic.List[object]]::new()
    $attributes.Add(@{ AttributeName = $Key; AttributeType = $KeyType })
    $keys.Add(@{ AttributeName = $Key; KeyType = 'HASH' })
    if ($SortKey) {
        $attributes.Add(@{ AttributeName = $SortKey; AttributeType = $SortKeyType })
        $keys.Add(@{ AttributeName = $SortKey; KeyType = 'RANGE' })
    }
    $body = @{ TableName = $Name; KeySchema = $keys; AttributeDefinitions = $attributes; BillingMode = 'PAY_PER_REQUEST' }
    if ($IndexKey) {
        $attributes.Add(@{ AttributeName = $IndexKey; AttributeType = $IndexKeyType })
        $body.GlobalSecondaryIndexes = @(
            @{ IndexName = 'byIndex'; KeySchema = @(@{ AttributeName = $IndexKey; KeyType = 'HASH' }); Projection = @{ ProjectionType = 'ALL' } })
    }
    $null = Invoke-Ddb CreateTable $body
    $deadline = [DateTime]::UtcNow.AddSeconds(90)
    while ((Invoke-Ddb DescribeTable @{ TableName = $Name }).Table.TableStatus -ne 'ACTIVE') {
        if ([DateTime]::UtcNow -gt $deadline) { throw "Table '$Name' does not become active." }
        Start-Sleep -Milliseconds 50
    }
    if ($TtlAttribute) {
        $null = Invoke-Ddb UpdateTimeToLive @{ TableName = $Name; TimeToLiveSpecification = @{ Enabled = $true; AttributeName = $TtlAttribute } }
    }
    $Name
}

# One item as DynamoDB JSON in hash tables, or nothing. A bare key is that of a text key 'id'.
function Get-StoredItem {
    param([Parameter(Mandatory)][string] $TableName, [Parameter(Mandatory)] $Key)
    if ($Key -isnot [Collections.IDictionary]) { $Key = @{ id = @{ S = "$Key" } } }
    $answer = Invoke-Ddb GetItem @{ TableName = $TableName; Key = $Key; ConsistentRead = $true }
    if ($answer.Contains('Item')) { $answer.Item }
}

# All items of a table, by scan.
function Get-StoredItems {
    param([Parameter(Mandatory)][string] $TableName)
    $start = $null
    do {
        $body = @{ TableName = $TableName; ConsistentRead = $true }
        if ($start) { $body.ExclusiveStartKey = $start }
        $answer = Invoke-Ddb Scan $body
        $answer.Items
        $start = $answer['LastEvaluatedKey']
    } while ($start)
}

function Get-StoredCount {
    param([Parameter(Mandatory)][string] $TableName)
    @(Get-StoredItems $TableName).Count
}

# The items of a table with a text key 'id' and a number 'v', as key to number.
function Get-StoredVersions {
    param([Parameter(Mandatory)][string] $TableName)
    $versions = @{}
    foreach ($item in Get-StoredItems $TableName) { $versions[$item.id.S] = [int] $item.v.N }
    $versions
}

function Invoke-Control {
    param([Parameter(Mandatory)][string] $Path, [string] $Method = 'Post', $Body)
    $request = @{ Uri = "$($script:Server.Url)/__localaws/$Path"; Method = $Method; ContentType = 'application/json' }
    if ($null -ne $Body) { $request.Body = ConvertTo-Json $Body -Depth 20 -Compress }
    Invoke-RestMethod @request
}

# Faults of BatchWriteItem by probability, such as @{ unprocessedSome = 0.2 }.
function Set-WriteFault {
    param([hashtable] $Chance = @{}, [string[]] $Next = @(), [int] $Seed = 1, [int] $Latency = 0, [hashtable] $More = @{})
    $faults = @{ chance = $Chance; next = $Next; latency = $Latency }
    foreach ($name in $More.Keys) { $faults[$name] = $More[$name] }
    $null = Invoke-Control faults -Body @{ seed = $Seed; operations = @{ BatchWriteItem = $faults } }
}

# Anything that the local AWS can be told, such as @{ denied = @('BatchWriteItem') }.
function Set-Fault {
    param([Parameter(Mandatory)][hashtable] $Settings)
    $null = Invoke-Control faults -Body $Settings
}

# No faults, an empty log.
function Reset-LocalAws { $null = Invoke-Control reset }

# Waits until the late writes of cut connections have landed.
function Wait-LateWrite { $null = Invoke-Control settle }

function Get-WriteRequests { @((Invoke-Control log -Method Get) | ForEach-Object { $_ } | Where-Object operation -eq 'BatchWriteItem') }

function Get-ServerStats { Invoke-Control stats -Method Get }

# DESIGN, 2: what was accepted is accounted for, in every run and every ending.
function Assert-Invariant {
    param([Parameter(Mandatory)] $Summary)
    foreach ($one in @($Summary)) {
        if ($one.WhatIf) { continue }
        $sum = $one.Succeeded + $one.Failed + $one.Unknown + $one.Replaced + $one.NotSent + $one.Skipped
        if ($one.Accepted -ne $sum) {
            throw "$($one.Accepted) accepted, but $($one.Succeeded) succeeded + $($one.Failed) failed + $($one.Unknown) unknown + $($one.Replaced) replaced + $($one.NotSent) not sent + $($one.Skipped) skipped = $sum."
        }
    }
}

# The counts that an early ending tells in a warning or an error, as an object like a summary; they must add up.
function Get-ToldCounts {
    param([Parameter(Mandatory)][AllowEmptyCollection()][AllowEmptyString()] $Text)
    $said = @($Text | ForEach-Object { "$_" }) -join "`n"
    $pattern = 'Accepted ([\d,]+) items: ([\d,]+) succeeded, ([\d,]+) failed, ([\d,]+) unknown, ([\d,]+) replaced, ([\d,]+) not sent(?:, ([\d,]+) skipped)?'
    if ($said -notmatch $pattern) { throw "No counts are told in: $said" }
    $numbers = 1..7 | ForEach-Object { if ($Matches[$_]) { [long] ($Matches[$_] -replace ',') } else { 0L } }
    $counts = [pscustomobject]@{
        Accepted = $numbers[0]; Succeeded = $numbers[1]; Failed = $numbers[2]; Unknown = $numbers[3]
        Replaced = $numbers[4]; NotSent = $numbers[5]; Skipped = $numbers[6]; WhatIf = $false
    }
    Assert-Invariant $counts
    $counts
}

# Runs a script block with all streams caught: Output, Errors, Warnings, Verbose, Information, and what ended it, if anything did.
function Invoke-Caught {
    param([Parameter(Mandatory)][scriptblock] $Script)
    $caught = [pscustomobject]@{
        Output = [Collections.Generic.List[object]]::new(); Errors = [Collections.Generic.List[object]]::new()
        Warnings = [Collections.Generic.List[object]]::new(); Verbose = [Collections.Generic.List[object]]::new()
        Information = [Collections.Generic.List[object]]::new(); Ended = $null; Elapsed = $null
    }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    try {
        & $Script *>&1 | ForEach-Object {
            switch ($_) {
                { $_ -is [Management.Automation.ErrorRecord] } { $caught.Errors.Add($_); break }
                { $_ -is [Management.Automation.WarningRecord] } { $caught.Warnings.Add($_); break }
                { $_ -is [Management.Automation.VerboseRecord] } { $caught.Verbose.Add($_); break }
                { $_ -is [Management.Automation.InformationRecord] } { $caught.Information.Add($_); break }
                default { $caught.Output.Add($_) }
            }
        }
    }
    catch { $caught.Ended = $_ }
    $caught.Elapsed = $clock.Elapsed
    $caught
}

# A host that answers questions (0 Yes, 1 Yes to all, 2 No, 3 No to all), and remembers what it was asked and told.
function New-TestHost {
    param([int[]] $Answer = @())
    if (-not ('DynamoBatch.Testing.TestHost' -as [type])) { Add-Type -Path "$PSScriptRoot/TestHost.cs" }
    , [DynamoBatch.Testing.TestHost]::new($Answer)
}

# Runs a script in a runspace whose host gives these answers: 0 Yes, 1 Yes to all, 2 No, 3 No to all.
function Invoke-Answered {
    param([AllowEmptyCollection()][int[]] $Answer, [Parameter(Mandatory)][string] $Script, [hashtable] $Variable = @{})
    $answering = New-TestHost $Answer
    $runspace = [runspacefactory]::CreateRunspace($answering)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    try {
        $runspace.SessionStateProxy.SetVariable('connection', (Get-Connection))
        foreach ($name in $Variable.Keys) { $runspace.SessionStateProxy.SetVariable($name, $Variable[$name]) }
        $output = $shell.AddScript("Import-Module '$(Get-ModulePath)'`n$Script").Invoke()
        [pscustomobject]@{ Output = @($output); Asked = $answering.Asked; Said = $answering.Said; Errors = @($shell.Streams.Error); Warnings = @($shell.Streams.Warning) }
    }
    finally { $shell.Dispose(); $runspace.Dispose() }
}

# Runs a script in a runspace of its own and presses Ctrl+C once something is so; what it took to end, by a clock that a slow machine
# does not move, and what was said.
function Invoke-Interrupted {
    param([Parameter(Mandatory)][string] $Script, [Parameter(Mandatory)][scriptblock] $Until, [hashtable] $Variable = @{}, [int] $After = 0)
    $testHost = New-TestHost
    $runspace = [runspacefactory]::CreateRunspace($testHost)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    try {
        foreach ($name in $Variable.Keys) { $runspace.SessionStateProxy.SetVariable($name, $Variable[$name]) }
        $null = $shell.AddScript("Set-StrictMode -Version Latest; Import-Module '$(Get-ModulePath)'").Invoke()
        $shell.Commands.Clear()
        $none = [Management.Automation.PSDataCollection[psobject]]::new()
        $none.Complete()
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.AddScript($Script).BeginInvoke($none, $output)
        $deadline = [DateTime]::UtcNow.AddSeconds(90)
        while (-not (& $Until)) {
            if ($running.IsCompleted) { throw "It ended by itself: $($shell.Streams.Error) $($shell.InvocationStateInfo.Reason)" }
            if ([DateTime]::UtcNow -gt $deadline) { throw 'What was waited for did not happen.' }
            Start-Sleep -Milliseconds 10
        }
        Start-Sleep -Milliseconds $After
        $clock = [DynamoBatch.Testing.RunningTime]::new()
        $shell.Stop()
        $clock.Dispose()
        [pscustomobject]@{
            Took = $clock.Elapsed; State = "$($shell.InvocationStateInfo.State)"; Said = $testHost.Said + @($shell.Streams.Warning | ForEach-Object Message)
            Errors = @($shell.Streams.Error); Output = @($output)
        }
    }
    finally { $shell.Dispose(); $runspace.Dispose() }
}

# Requests in flight get 3 s. Whoever waits for them, or for what sleeps, is far longer about it: a request is given up after 20 s.
filter Assert-EndedSoon { if ($_.Took.TotalSeconds -ge 10) { throw "It ended $($_.Took.TotalSeconds) s after Ctrl+C." } }

# Rows with a text key and a number, some keys more than once when Keys is less than Count.
function New-Rows {
    param([int] $Count, [int] $Keys = $Count, [string] $Prefix = 'k', [int] $First = 1)
    for ($i = 0; $i -lt $Count; $i++) { [pscustomobject]@{ id = "$Prefix$($i % $Keys)"; v = $First + $i } }
}

# A local AWS for restores: nothing takes long, times can be restored at once, and its clock begins a day behind, so that moving
# it forward makes no time that lies in the future.
function Start-RestoreAws {
    Start-LocalAws '--restorable-lag', '0', '--restore-time', '0', '--clock-behind', '86400'
    $null = Invoke-Control backups -Body @{ deleteTime = 0; backupTime = 0 }
}

# A whole second that lies after every write so far and before every later one. Moves the local AWS's clock instead of waiting.
function New-Moment {
    $now = ([DateTime] (Invoke-Control clock -Method Get).now).ToUniversalTime()
    $moment = [DateTime]::new($now.Ticks - $now.Ticks % [TimeSpan]::TicksPerSecond, 'Utc').AddSeconds(1)
    $null = Invoke-Control clock -Body @{ advanceSeconds = ($moment - $now).TotalSeconds + 0.05 }
    $moment
}

function Enable-Recovery {
    param([Parameter(Mandatory)][string] $TableName)
    $null = Invoke-Ddb UpdateContinuousBackups @{ TableName = $TableName; PointInTimeRecoverySpecification = @{ PointInTimeRecoveryEnabled = $true } }
}

# Items as DynamoDB JSON in hash tables, put by plain HTTP.
function Set-StoredItem {
    param([Parameter(Mandatory)][string] $TableName, [Parameter(Mandatory)][object[]] $Item)
    for ($first = 0; $first -lt $Item.Count; $first += 25) {
        $puts = @($Item[$first..([Math]::Min($first + 24, $Item.Count - 1))] | ForEach-Object { @{ PutRequest = @{ Item = $_ } } })
        $answer = Invoke-Ddb BatchWriteItem @{ RequestItems = @{ $TableName = $puts } }
        if ($answer.UnprocessedItems.Count) { throw 'The local AWS left items unprocessed.' }
    }
}

function Remove-StoredItem {
    param([Parameter(Mandatory)][string] $TableName, [Parameter(Mandatory)][object[]] $Key)
    foreach ($one in $Key) {
        if ($one -isnot [Collections.IDictionary]) { $one = @{ id = @{ S = "$one" } } }
        $null = Invoke-Ddb DeleteItem @{ TableName = $TableName; Key = $one }
    }
}

# One attribute of an item with a text key 'id', set or, without a value, removed: what a good writer does.
function Set-StoredAttribute {
    param([Parameter(Mandatory)][string] $TableName, [Parameter(Mandatory)][string] $Id, [Parameter(Mandatory)][string] $Name, $Value)
    $update = @{ TableName = $TableName; Key = @{ id = @{ S = $Id } }; UpdateExpression = 'REMOVE #n'; ExpressionAttributeNames = @{ '#n' = $Name } }
    if ($null -ne $Value) { $update.UpdateExpression = 'SET #n = :v'; $update.ExpressionAttributeValues = @{ ':v' = $Value } }
    $null = Invoke-Ddb UpdateItem $update
}

# A value of DynamoDB JSON as a text that is the same for the same value: sets have no order, nor have maps.
function ConvertTo-Canonical {
    param($Value)
    if ($Value -is [Collections.IDictionary]) {
        if ($Value.Count -eq 1) { foreach ($type in 'SS', 'NS', 'BS') { if ($Value.Contains($type)) { return "$type[$(@($Value[$type] | Sort-Object -CaseSensitive) -join '|')]" } } }
        $names = [string[]] $Value.Keys
        [Array]::Sort($names, [StringComparer]::Ordinal)
        return '{' + (@(foreach ($name in $names) { "$name=$(ConvertTo-Canonical $Value[$name])" }) -join ',') + '}'
    }
    if ($Value -is [Collections.IList]) { return '[' + (@(foreach ($one in $Value) { ConvertTo-Canonical $one }) -join ',') + ']' }
    "'$Value'"
}

# Every item of a table, canonical, by its canonical key.
function Get-TableImage {
    param([Parameter(Mandatory)][string] $TableName, [string[]] $Key = 'id')
    $image = [Collections.Generic.SortedDictionary[string, string]]::new([StringComparer]::Ordinal)
    foreach ($item in Get-StoredItems $TableName) { $image[(@(foreach ($name in $Key) { ConvertTo-Canonical $item[$name] }) -join '/')] = ConvertTo-Canonical $item }
    $image
}

# Says the first few items that are not as expected.
function Assert-TableImage {
    param([Parameter(Mandatory)] $Expected, [Parameter(Mandatory)] $Actual)
    $wrong = @(
        foreach ($key in $Expected.Keys) { if ($Actual[$key] -cne $Expected[$key]) { "$key expected $($Expected[$key]) but is $(if ($Actual.ContainsKey($key)) { $Actual[$key] } else { 'not there' })" } }
        foreach ($key in $Actual.Keys) { if (-not $Expected.ContainsKey($key)) { "$key should not be there, but is $($Actual[$key])" } }
    )
    if ($wrong) { throw "$($wrong.Count) items are not as they should be: $($wrong[0..4] -join '; ')" }
}

# The requests since the last reset that may have changed something in a table, or the table; those that only copy from it not.
function Get-Mutation {
    param([string] $TableName)
    $harmless = '^(Describe|List|Get|BatchGet|TransactGet|Query$|Scan$)'
    @(Invoke-Control log -Method Get | ForEach-Object { $_ } | Where-Object {
            $_.operation -notmatch $harmless -and (-not $TableName -or ($_.tables -match "(^|/)$([regex]::Escape($TableName))$" -and $_.operation -notmatch '^RestoreTable|^CreateBackup')) })
}

# The restores that were asked for and answered with success, however their answer fared.
function Get-RestoreRequest { @(Invoke-Control log -Method Get | ForEach-Object { $_ } | Where-Object operation -Match '^RestoreTable') }

# Tables that a restore left behind.
function Get-ScratchTable {
    param([Parameter(Mandatory)][string] $TableName)
    $names = @(); $start = $null
    do {
        $body = @{}; if ($start) { $body.ExclusiveStartTableName = $start }
        $answer = Invoke-Ddb ListTables $body
        $names += $answer.TableNames; $start = $answer['LastEvaluatedTableName']
    } while ($start)
    @($names | Where-Object { $_ -like "${TableName}?*" })
}

# Faults of an operation's next requests, or of those after the first few.
function Set-NextFault {
    param([Parameter(Mandatory)][string] $Operation, [Parameter(Mandatory)][string[]] $Fault, [int] $After = 0, [int] $Times = 1)
    $null = Invoke-Control next -Body @{ operation = $Operation; faults = $Fault; after = $After; times = $Times }
}

# Starts a script in a PowerShell of its own, with the module imported. Whoever starts it ends it and disposes it.
function Start-Shell {
    param([Parameter(Mandatory)][string] $Script, [hashtable] $Environment = @{})
    $code = "`$ProgressPreference = 'SilentlyContinue'; Import-Module '$(Get-ModulePath)'; $Script"
    $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    foreach ($word in '-NoProfile', '-NonInteractive', '-EncodedCommand', [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($code))) { $start.ArgumentList.Add($word) }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    $process | Add-Member -NotePropertyMembers @{ Output = $process.StandardOutput.ReadToEndAsync(); Errors = $process.StandardError.ReadToEndAsync() }
    $process
}

# Kills a shell once something is so. Whether it was still running then.
function Stop-ShellWhen {
    param([Parameter(Mandatory)] $Process, [Parameter(Mandatory)][scriptblock] $Until)
    $deadline = [DateTime]::UtcNow.AddSeconds(90)
    try {
        while (-not $Process.HasExited -and -not (& $Until)) {
            if ([DateTime]::UtcNow -gt $deadline) { throw 'What was waited for did not happen.' }
            Start-Sleep -Milliseconds 5
        }
        if ($Process.HasExited) {
            Write-Warning "It ended by itself: $($Process.Output.Result) $($Process.Errors.Result)"
            return $false
        }
        $Process.Kill()
        $Process.WaitForExit()
        $Process.ExitCode -ne 0
    }
    finally {
        if (-not $Process.HasExited) { $Process.Kill() }
        $Process.Dispose()
    }
}

# Whether a restore's journal, which its run holds locked, tells a step. .NET would respect the lock.
function Test-JournalStep {
    param([Parameter(Mandatory)][string] $Path, [Parameter(Mandatory)][string] $Step)
    (Test-Path $Path) -and "$(& /bin/cat $Path)" -match "`"Step`":`"$Step`""
}

# A journal of a restore, in the test's folder.
function New-JournalPath { Join-Path (Get-PSDrive TestDrive).Root "$([guid]::NewGuid().ToString('N')).journal" }

# A table with point-in-time recovery and items k0, k1, ... with 'v' and 'name'.
function New-RestoreTable {
    param([int] $Count = 20)
    $table = New-Table
    Enable-Recovery $table
    Set-StoredItem $table @(0..($Count - 1) | ForEach-Object { @{ id = @{ S = "k$_" }; v = @{ N = "$_" }; name = @{ S = "name $_" } } })
    $table
}

# What a bad script does: 3 items vanish, 2 change, 2 are added. 7 differences.
function Invoke-Damage {
    param([Parameter(Mandatory)][string] $Table)
    Remove-StoredItem $Table k0, k1, k2
    Set-StoredAttribute $Table k3 name @{ S = 'BAD' }
    Set-StoredAttribute $Table k4 v
    Set-StoredItem $Table @{ id = @{ S = 'new1' }; v = @{ N = '1' } }, @{ id = @{ S = 'new2' }; v = @{ N = '2' } }
}

# The real command, without a question, with a journal of its own.
function Invoke-Restore {
    param([Parameter(Mandatory)][string] $Table, [Parameter(Mandatory)][hashtable] $With)
    # As in a session of a user, not as in this module.
    $ErrorActionPreference = 'Continue'
    $all = @{ Confirm = $false } + (Get-Connection)
    if (-not $With.ContainsKey('JournalPath') -and -not $With.ContainsKey('WhatIf')) { $all.JournalPath = New-JournalPath }
    foreach ($name in $With.Keys) { $all[$name] = $With[$name] }
    Restore-DdbTableInPlace $Table @all
}

# What was to be changed is accounted for.
function Assert-RestoreAccounts {
    param([Parameter(Mandatory)] $Summary)
    $sum = $Summary.Put + $Summary.Updated + $Summary.Deleted + $Summary.AlreadyDone + $Summary.Conflicts + $Summary.Failed + $Summary.Unknown + $Summary.NotSent
    if ($Summary.Changes -ne $sum) { throw "$($Summary.Changes) changes, but the outcomes add up to $sum." }
}

# The PowerShell code of a page: the heading above it, whether it is marked to be run, and whether it is an example of a command.
# A second piece below one heading is called '<heading> (2)'.
function Get-PageCode {
    param([Parameter(Mandatory)][string] $Path)
    $section = $title = ''
    $count = 0
    $text = Get-Content $Path -Raw
    foreach ($match in [regex]::Matches($text, '(?ms)^(?<level>##+) (?<heading>[^\r\n]+)|^```powershell(?<run> run)?\r?\n(?<code>.*?)^```')) {
        if ($match.Groups['level'].Success) {
            $title = $match.Groups['heading'].Value
            if ($match.Groups['level'].Length -eq 2) { $section = $title }
            $count = 0
        }
        else {
            $count++
            [pscustomobject]@{
                Title     = if ($count -gt 1) { "$title ($count)" } else { $title }
                Code      = $match.Groups['code'].Value
                Run       = $match.Groups['run'].Success
                IsExample = $section -eq 'Examples'
                Line      = ($text.Substring(0, $match.Index) -split "`n").Count
            }
        }
    }
}

# The local AWS's clock, moved forward to a time.
function Set-Moment {
    param([Parameter(Mandatory)][DateTime] $Time)
    $now = ([DateTime] (Invoke-Control clock -Method Get).now).ToUniversalTime()
    $null = Invoke-Control clock -Body @{ advanceSeconds = ($Time.ToUniversalTime() - $now).TotalSeconds }
}

Export-ModuleMember -Function *-*

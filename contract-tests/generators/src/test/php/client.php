<?php

// What the PHP client does against the real server.

declare(strict_types=1);

use OpenAPI\Client\Api\DiscoveryApi;
use OpenAPI\Client\Api\FilesApi;
use OpenAPI\Client\Api\MediaApi;
use OpenAPI\Client\Api\TicketsApi;
use OpenAPI\Client\ApiException;
use OpenAPI\Client\Configuration;
use OpenAPI\Client\Model\ErrorEnvelope;
use OpenAPI\Client\Model\TicketCreate;
use OpenAPI\Client\Model\TicketUpdate;

error_reporting(E_ALL);
set_error_handler(function (int $level, string $message, string $file, int $line): never {
    throw new ErrorException($message, 0, $level, $file, $line);
});

require 'GuzzleHttp/autoload.php';

$library = $argv[1] . '/lib/';
spl_autoload_register(function (string $class) use ($library): void {
    if (str_starts_with($class, 'OpenAPI\\Client\\')) {
        require_once $library . strtr(substr($class, strlen('OpenAPI\\Client\\')), '\\', '/') . '.php';
    }
});
$folders = new RecursiveDirectoryIterator($library, FilesystemIterator::SKIP_DOTS);
foreach (new RecursiveIteratorIterator($folders) as $file) {
    require_once $file->getPathname();
}

function expect(mixed $actual, mixed $expected): void
{
    if ($actual !== $expected) {
        throw new LogicException(var_export($actual, true) . ' and not ' . var_export($expected, true));
    }
}

$configuration = (new Configuration())
    ->setHost(getenv('KBS_SITE_URL') . '/wp-json')
    ->setUsername(getenv('KBS_LOGIN'))
    ->setPassword(getenv('KBS_PASSWORD'));
$discovery = new DiscoveryApi(null, $configuration);
$tickets = new TicketsApi(null, $configuration);
$agent = getenv('KBS_AGENT');

expect($discovery->getIndex()->getNamespaces(), ['kbs/v1', 'wp/v2']);
expect(count($tickets->describeTickets()->getEndpoints()), 2);

$created = $tickets->createTicket(new TicketCreate([
    'ticket_title' => 'Für PHP',
    'ticket_content' => 'It is on fire.',
    'customer_email' => 'nina@example.com',
    'customer_first' => 'Nina',
    'customer_last' => 'Newman',
    'agent_id' => $agent,
]));
expect($created->getTitle()->getRaw(), 'Für PHP');
expect($created->getTicketData()->getAgent(), (int) $agent);
expect(count($created->getLinks()->getSelf()), 1);

[$found, , $headers] = $tickets->listTicketsWithHttpInfo(
    page: 2,
    per_page: 1,
    include: [$created->getId(), (int) getenv('KBS_TICKET')],
    status: ['new', 'open'],
);
expect(count($found), 1);
expect([$headers['X-WP-Total'], $headers['X-WP-TotalPages']], [['2'], ['2']]);

$changes = new TicketUpdate(['status' => 'closed', 'agent' => getenv('KBS_OTHER_AGENT')]);
$updated = $tickets->updateTicket((string) $created->getId(), ticket_update: $changes);
expect($updated->getStatus(), 'closed');
expect($updated->getTicketData()->getAgent() === (int) $agent, false);

$seen = $tickets->getTicket((string) $created->getId(), _embed: ['agent']);
expect(count($seen->getEmbedded()['agent']), 1);

$files = new FilesApi(null, $configuration);
$file = $files->downloadTicketFile((int) getenv('KBS_TICKET'), (int) getenv('KBS_FILE'));
expect(file_get_contents($file->getPathname()), 'It is on fire.');

$media = new MediaApi(null, $configuration);
$attached = $media->uploadMedia(
    new SplFileObject($file->getPathname()),
    (int) getenv('KBS_TICKET'),
    'attachment; filename="fire.txt"',
);
expect($attached->getTitle()->getRendered(), 'fire');
expect($attached->getPost(), (int) getenv('KBS_TICKET'));

try {
    $tickets->listTickets(page: 1000, include: [$created->getId()]);
    throw new LogicException('There is a page 1000');
} catch (ApiException $refused) {
    expect($refused->getCode(), 400);
    $error = $refused->getResponseObject();
    expect($error::class, ErrorEnvelope::class);
    expect($error->getCode(), 'rest_post_invalid_page_number');
}

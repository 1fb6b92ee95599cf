<?php
/**
 * Plugin Name: recoupe
 * Description: Holds a story against itself before it is published: numbers, dates, names, captions. Talks to a recoupe service.
 * Version: 0.2.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: MIT OR Apache-2.0
 *
 * In wp-config.php:
 *   define( 'RECOUPE_URL', 'http://127.0.0.1:8750' );  // where `recoupe serve` listens; this is the default
 *   define( 'RECOUPE_HOLDS', true );                   // errors must be mended before publishing; by default they are only shown
 */

defined( 'ABSPATH' ) || exit;

/** Longer stories are refused by the service too. */
const RECOUPE_LONGEST = 2 * MB_IN_BYTES;

/**
 * The panel is plain JavaScript over what the block editor brings: nothing is built.
 */
function recoupe_enqueue() {
	wp_enqueue_script(
		'recoupe-panel',
		plugins_url( 'panel.js', __FILE__ ),
		array( 'wp-api-fetch', 'wp-components', 'wp-data', 'wp-edit-post', 'wp-editor', 'wp-element', 'wp-plugins' ),
		'0.2.0',
		true
	);
	$settings = array(
		'holds' => defined( 'RECOUPE_HOLDS' ) && RECOUPE_HOLDS,
		'lang'  => substr( get_user_locale(), 0, 2 ),
	);
	wp_add_inline_script( 'recoupe-panel', 'window.recoupe = ' . wp_json_encode( $settings ) . ';', 'before' );
}
add_action( 'enqueue_block_editor_assets', 'recoupe_enqueue' );

/**
 * The browser asks WordPress, and WordPress asks the service: a draft goes no further than the two, and only to those who may edit.
 */
function recoupe_routes() {
	register_rest_route(
		'recoupe/v1',
		'/check',
		array(
			'methods'             => 'POST',
			'callback'            => 'recoupe_check',
			'permission_callback' => function () {
				return current_user_can( 'edit_posts' );
			},
			'args'                => array(
				'text'      => array(
					'type'      => 'string',
					'required'  => true,
					'maxLength' => RECOUPE_LONGEST,
				),
				'published' => array(
					'type'    => 'string',
					'pattern' => '^\d{4}-\d{2}-\d{2}$',
				),
				'ui_lang'   => array(
					'type' => 'string',
					'enum' => array( 'fr', 'en' ),
				),
			),
		)
	);
}
add_action( 'rest_api_init', 'recoupe_routes' );

/**
 * Relays a draft to the service.
 *
 * @param WP_REST_Request $request The draft.
 * @return array|WP_Error What the service says of it.
 */
function recoupe_check( WP_REST_Request $request ) {
	$draft = array(
		'text'   => $request['text'],
		'format' => 'html',
	);
	foreach ( array( 'published', 'ui_lang' ) as $key ) {
		if ( ! empty( $request[ $key ] ) ) {
			$draft[ $key ] = $request[ $key ];
		}
	}
	$url    = defined( 'RECOUPE_URL' ) ? RECOUPE_URL : 'http://127.0.0.1:8750';
	$answer = wp_remote_post(
		untrailingslashit( $url ) . '/check',
		array(
			'headers' => array( 'Content-Type' => 'application/json' ),
			'body'    => wp_json_encode( $draft ),
			'timeout' => 15,
		)
	);
	if ( is_wp_error( $answer ) ) {
		return new WP_Error( 'recoupe_away', $answer->get_error_message(), array( 'status' => 502 ) );
	}
	$said = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( 200 !== wp_remote_retrieve_response_code( $answer ) || ! isset( $said['files'][0]['findings'] ) ) {
		$message = isset( $said['error']['message'] ) ? $said['error']['message'] : 'the service gave no report';
		return new WP_Error( 'recoupe_refused', $message, array( 'status' => 502 ) );
	}
	return $said['files'][0];
}
